import { isIP } from "node:net";
import { resolve } from "node:path";
import { parseServerName } from "@federation/identifiers/server-name.ts";
import { z } from "zod";

/** Everything a person can set, read once and typed. */
export interface Environment {
	readonly mode: "production" | "development";
	readonly host: string;
	readonly port: number;
	/** Absolute. */
	readonly dataFolder: string;
	/** Absent: the PostgreSQL that comes with Kith. */
	readonly databaseUrl?: string;
	/** The name in every identifier of this server, for ever. */
	readonly serverName: string;
	/** False: it follows from the address, and a data directory that has a name keeps it. */
	readonly isServerNameChosen: boolean;
	/** `https://chat.example.org`: how people reach this server, where that differs from host and port. */
	readonly publicOrigin?: string;
	/** `chat.example.org:443`: where other servers find this one, told to those who ask by its name. */
	readonly federationDelegate?: string;
	/** A provider by which people may sign in. */
	readonly identityProvider?: IdentityProvider;
	/** Addresses and networks whose `X-Forwarded-For` counts, besides this machine's own. */
	readonly trustedProxies: readonly string[];
	readonly registration: "open" | "token" | "closed";
	readonly roomVersion: "10" | "11" | "12";
	readonly bus: "memory" | "postgres";
	/** What one person may write over all their devices, a tenth of it at once; 0: no limit. */
	readonly writesPerMinute: number;
	/** Absent: `info`, and on a terminal, where a person reads along, `warn`. */
	readonly logLevel?: "debug" | "info" | "warn" | "error" | "silent";
	/** On the loopback address only; 0: none. */
	readonly metricsPort: number;
	/** For operator commands without a terminal. */
	readonly backupPassphrase?: string;
}

/** An OpenID provider. */
export interface IdentityProvider {
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** What the button calls it. */
	readonly name: string;
}

export type EnvironmentReading =
	| { readonly kind: "ok"; readonly environment: Environment }
	/** One line for each wrong variable: its name, what is wrong, an example. */
	| { readonly kind: "refused"; readonly lines: readonly string[] };

interface Variable {
	readonly schema: z.ZodType;
	/** Completes "must be". */
	readonly rule: string;
	readonly example: string;
	/** Its value may hold a password and is not repeated. */
	readonly isSecret?: true;
}

const number = (smallest: number) =>
	z
		.string()
		.regex(/^\d{1,5}$/)
		.transform(Number)
		.pipe(z.int().min(smallest).max(65_535));

const address = (...protocols: string[]) =>
	z
		.string()
		.refine((text) => URL.canParse(text))
		.transform((text) => new URL(text))
		.refine((url) => protocols.includes(url.protocol) && url.hostname !== "");

const serverNameVariable = {
	schema: z
		.string()
		.max(230)
		.refine((text) => parseServerName(text) !== undefined),
	rule: "a host name, with a port where it has one",
};

const portVariable = { schema: number(1), rule: "a number between 1 and 65535" };

const variables = {
	KITH_HOST: { schema: z.string().regex(/^[\w.:-]+$/), rule: "an address of this machine", example: "0.0.0.0" },
	KITH_PORT: { ...portVariable, example: "3000" },
	PORT: { ...portVariable, example: "3000" },
	KITH_DATA_DIR: { schema: z.string().regex(/^[^\0]+$/), rule: "a folder", example: "/var/lib/kith" },
	DATABASE_URL: {
		schema: address("postgres:", "postgresql:").transform(({ href }) => href),
		rule: "the address of a PostgreSQL database",
		example: "postgres://kith:password@localhost:5432/kith",
		isSecret: true,
	},
	KITH_SERVER_NAME: { ...serverNameVariable, example: "chat.example.org" },
	KITH_PUBLIC_URL: {
		schema: address("http:", "https:")
			.refine((url) => url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "")
			.transform(({ origin }) => origin),
		rule: "an http or https address without a path",
		example: "https://chat.example.org",
	},
	KITH_FEDERATION_DELEGATE: { ...serverNameVariable, example: "matrix.example.org:443" },
	KITH_TRUSTED_PROXIES: {
		schema: z
			.string()
			.transform((list) => list.split(",").map((entry) => entry.trim()))
			.refine((networks) => networks.every(isNetwork)),
		rule: "addresses or networks, with commas between",
		example: "172.18.0.0/16",
	},
	KITH_OIDC_ISSUER: {
		schema: address("https:", "http:")
			.refine((url) => url.protocol === "https:" || isLoopback(url.host))
			.transform(({ href }) => href.replace(/\/$/, "")),
		rule: "the https address of an OpenID provider",
		example: "https://login.example.org",
	},
	KITH_OIDC_CLIENT_ID: { schema: z.string().max(512), rule: "the id that the provider gave", example: "kith" },
	KITH_OIDC_CLIENT_SECRET: {
		schema: z.string().max(1024),
		rule: "the secret that the provider gave",
		example: "many letters and digits",
		isSecret: true,
	},
	KITH_OIDC_NAME: { schema: z.string().max(40), rule: "at most 40 characters", example: "Example Club" },
	KITH_REGISTRATION: {
		schema: z.enum(["open", "token", "closed"]),
		rule: "open, token or closed",
		example: "token",
	},
	KITH_ROOM_VERSION: { schema: z.enum(["10", "11", "12"]), rule: "10, 11 or 12", example: "12" },
	KITH_BUS: { schema: z.enum(["memory", "postgres"]), rule: "memory or postgres", example: "postgres" },
	KITH_WRITES_PER_MINUTE: { schema: number(0), rule: "a number between 0 (no limit) and 65535", example: "600" },
	KITH_LOG_LEVEL: {
		schema: z.enum(["debug", "info", "warn", "error", "silent"]),
		rule: "debug, info, warn, error or silent",
		example: "info",
	},
	KITH_METRICS_PORT: { schema: number(0), rule: "a number between 0 (off) and 65535", example: "9464" },
	KITH_BACKUP_PASSPHRASE: {
		schema: z.string().max(1024),
		rule: "at most 1024 characters",
		example: "several words that nobody else knows",
		isSecret: true,
	},
	NODE_ENV: { schema: z.string(), rule: "a word", example: "production" },
} as const satisfies Record<string, Variable>;

type Name = keyof typeof variables;
type Values = { readonly [N in Name]?: z.output<(typeof variables)[N]["schema"]> };

/** Reads the variables and fills in what is not set. A variable that is set to nothing counts as not set. */
export function readEnvironment(source: Readonly<Record<string, string | undefined>>): EnvironmentReading {
	const values: Partial<Record<Name, unknown>> = {};
	const lines: string[] = [];
	for (const [name, variable] of Object.entries(variables) as [Name, Variable][]) {
		const text = source[name];
		if (text === undefined || text === "") continue;
		const parsed = variable.schema.safeParse(text);
		if (parsed.success) values[name] = parsed.data;
		else lines.push(refusal(name, variable, text));
	}
	lines.push(...refusedProvider(source));
	return lines.length > 0 ? { kind: "refused", lines } : { kind: "ok", environment: complete(values as Values) };
}

function refusal(name: string, { rule, example, isSecret }: Variable, text: string): string {
	const got = isSecret === true ? "" : `, got ${JSON.stringify(text.slice(0, 100))}`;
	return `${name}: must be ${rule}${got} — example: ${name}=${example}`;
}

/** A provider needs all of these, and sends people back to an address that does not follow from where they came from. */
function refusedProvider(source: Readonly<Record<string, string | undefined>>): string[] {
	const needed = ["KITH_OIDC_ISSUER", "KITH_OIDC_CLIENT_ID", "KITH_OIDC_CLIENT_SECRET"];
	if (needed.every((name) => (source[name] ?? "") === "")) return [];
	return [...needed, "KITH_PUBLIC_URL"]
		.filter((name) => (source[name] ?? "") === "")
		.map((name) => `${name}: must be set for signing in by an OpenID provider`);
}

function providerOf(values: Values): { identityProvider: IdentityProvider } | undefined {
	const { KITH_OIDC_ISSUER: issuer, KITH_OIDC_CLIENT_ID: clientId, KITH_OIDC_CLIENT_SECRET: clientSecret } = values;
	if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
	return {
		identityProvider: { issuer, clientId, clientSecret, name: values.KITH_OIDC_NAME ?? new URL(issuer).hostname },
	};
}

/** Other servers come by TLS alone: an http address is where a proxy asks, and nothing to tell them. */
function delegateOf(values: Values): { federationDelegate: string } | undefined {
	const { KITH_FEDERATION_DELEGATE: chosen, KITH_PUBLIC_URL: publicOrigin } = values;
	if (chosen !== undefined) return { federationDelegate: chosen };
	if (publicOrigin === undefined || !publicOrigin.startsWith("https:")) return undefined;
	const { hostname, port } = new URL(publicOrigin);
	return { federationDelegate: `${hostname}:${port === "" ? "443" : port}` };
}

function complete(values: Values): Environment {
	const host = values.KITH_HOST ?? "127.0.0.1";
	const port = values.KITH_PORT ?? values.PORT ?? 3000;
	const publicOrigin = values.KITH_PUBLIC_URL;
	const databaseUrl = values.DATABASE_URL;
	const publicHost = publicOrigin === undefined ? undefined : new URL(publicOrigin).host;
	const isReachedFromElsewhere = !isLoopback(host) || (publicHost !== undefined && !isLoopback(publicHost));
	return {
		mode: values.NODE_ENV === "development" ? "development" : "production",
		host,
		port,
		dataFolder: resolve(values.KITH_DATA_DIR ?? "data"),
		...(databaseUrl === undefined ? {} : { databaseUrl }),
		serverName: values.KITH_SERVER_NAME ?? publicHost ?? `localhost:${port}`,
		isServerNameChosen: values.KITH_SERVER_NAME !== undefined,
		...(publicOrigin === undefined ? {} : { publicOrigin }),
		...delegateOf(values),
		...providerOf(values),
		trustedProxies: values.KITH_TRUSTED_PROXIES ?? [],
		// A server that only this machine reaches lets whoever sits at it in; any other wants to be asked.
		registration: values.KITH_REGISTRATION ?? (isReachedFromElsewhere ? "token" : "open"),
		roomVersion: values.KITH_ROOM_VERSION ?? "12",
		bus: values.KITH_BUS ?? (databaseUrl === undefined ? "memory" : "postgres"),
		writesPerMinute: values.KITH_WRITES_PER_MINUTE ?? 600,
		...(values.KITH_LOG_LEVEL === undefined ? {} : { logLevel: values.KITH_LOG_LEVEL }),
		metricsPort: values.KITH_METRICS_PORT ?? 9464,
		...(values.KITH_BACKUP_PASSPHRASE === undefined ? {} : { backupPassphrase: values.KITH_BACKUP_PASSPHRASE }),
	};
}

/** `203.0.113.7` or `10.0.0.0/8`. */
function isNetwork(text: string): boolean {
	const [address = "", prefix, ...rest] = text.split("/");
	const bits = isIP(address) === 6 ? 128 : 32;
	const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
	return isIP(address) !== 0 && isPrefix && rest.length === 0;
}

function isLoopback(host: string): boolean {
	const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
	return (
		name === "localhost" || name.endsWith(".localhost") || name.startsWith("127.") || host === "::1" || name === "::1"
	);
}

/** Tells next-auth, which reads no other setting, at which address people are: it sends them back there. */
export function announceOrigin(publicOrigin: string): void {
	process.env["NEXTAUTH_URL"] = publicOrigin;
}

/** The variables of this process: the only place where they are read. */
export function environment(): EnvironmentReading {
	return readEnvironment(process.env);
}
