/**
 * How the PostgreSQL inside Kith runs, in tests and measurements too. Durability is left as PostgreSQL ships it.
 * The sums suit a machine of 1 GB: a messenger's working set is small.
 */
export const shippedSettings: Readonly<Record<string, string>> = {
	listen_addresses: "127.0.0.1",
	// TCP with a password is enough, and a socket's path must be shorter than a data directory may be.
	unix_socket_directories: "",
	max_connections: "50",
	shared_buffers: "64MB",
	effective_cache_size: "256MB",
	work_mem: "4MB",
	maintenance_work_mem: "32MB",
	max_wal_size: "256MB",
	min_wal_size: "64MB",
	wal_compression: "on",
	random_page_cost: "1.1",
	jit: "off",
	// Tables that only grow at their end gain from early, small clean-ups.
	autovacuum_vacuum_insert_scale_factor: "0.05",
	autovacuum_naptime: "30s",
	// The log must never hold a statement or a value: errors of statements are the server's to tell.
	log_min_messages: "log",
	log_min_error_statement: "panic",
	log_error_verbosity: "terse",
	log_checkpoints: "off",
	log_timezone: "UTC",
	timezone: "UTC",
};

/** The settings as arguments of the `postgres` program. */
export function settingArguments(settings: Readonly<Record<string, string>>): string[] {
	return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
