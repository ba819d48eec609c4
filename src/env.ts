import { resolve } from "node:path";
import type { z } from "zod";
import { isLoopback, type Variable, variables } from "./environment-variables.ts";

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
	/** Files in PEM: Kith serves TLS itself. */
	readonly tls?: TlsFiles;
	/** `chat.example.org:443`: where other servers find this one, told to those who ask by its name. */
	readonly federationDelegate?: string;
	readonly federation: FederationSettings;
	/** What other servers' pictures may take on the disk, in megabytes. */
	readonly remoteMediaMb: number;
	/** What one uploaded file may have, and all that one person keeps here. */
	readonly uploadMb: number;
	readonly filesPerPersonMb: number;
	/** A provider by which people may sign in. */
	readonly identityProvider?: IdentityProvider;
	/** Addresses and networks whose `X-Forwarded-For` counts, besides this machine's own. */
	readonly trustedProxies: readonly string[];
	readonly registration: "open" | "token" | "closed";
	/** Whose invitations from other servers people get: known are servers with which somebody here shares a room. */
	readonly remoteInvites: "everyone" | "known" | "nobody";
	readonly roomVersion: "10" | "11" | "12";
	readonly bus: "memory" | "postgres";
	/** What one person may write over all their devices, a tenth of it at once; 0: no limit. */
	readonly writesPerMinute: number;
	/** Absent: `info`, and on a terminal, where a person reads along, `warn`. */
	readonly logLevel?: "debug" | "info" | "warn" | "error" | "silent";
	/** Absent: there is no assistant. */
	readonly assistant?: AssistantSettings;
	/** On the loopback address only; 0: none. */
	readonly metricsPort: number;
	/** For operator commands without a terminal. */
	readonly backupPassphrase?: string;
}

/** The Ollamas that the assistant works with. */
export interface AssistantSettings {
	/** Origins, at least one. */
	readonly urls: readonly string[];
	readonly chatModel: string;
	/** Makes vectors of Kith's own documents. */
	readonly embedModel: string;
	/** What a prompt and its answer may have together. */
	readonly contextTokens: number;
}

/** How this server speaks with others. */
export interface FederationSettings {
	/** False: none is asked, and none is answered. */
	readonly isOn: boolean;
	/** Certificates in PEM that are trusted besides the usual ones. */
	readonly caFile?: string;
	/** Private networks in which other servers may be. */
	readonly networks: readonly string[];
	/** Servers that are asked for the keys of those that do not give them. */
	readonly notaries: readonly string[];
}

/** The certificate, with those that vouch for it, and its key. */
export interface TlsFiles {
	readonly certFile: string;
	readonly keyFile: string;
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

const defaultHost = "127.0.0.1";

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
	lines.push(...refusedProvider(source), ...refusedTls(source, values as Values));
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

/**
 * Cookies, the addresses that are told to others and what the browser is forbidden follow from the public address: with
 * TLS it has to be one, and only a server of this machine alone has it by itself.
 */
function refusedTls(source: Readonly<Record<string, string | undefined>>, values: Values): string[] {
	const pair = ["KITH_TLS_CERT", "KITH_TLS_KEY"];
	const missing = pair.filter((name) => (source[name] ?? "") === "");
	if (missing.length === 2) return [];
	if (missing.length === 1)
		return missing.map((name) => `${name}: must be set too: TLS takes a certificate and its key`);
	const { KITH_PUBLIC_URL: publicOrigin, KITH_HOST: host } = values;
	const isKnown = publicOrigin?.startsWith("https:") ?? isLoopback(host ?? defaultHost);
	return isKnown ? [] : ["KITH_PUBLIC_URL: must be the https address of this server, now that it serves TLS itself"];
}

function tlsOf({ KITH_TLS_CERT: certFile, KITH_TLS_KEY: keyFile }: Values): { tls: TlsFiles } | undefined {
	return certFile === undefined || keyFile === undefined ? undefined : { tls: { certFile, keyFile } };
}

function federationOf(values: Values): FederationSettings {
	return {
		isOn: values.KITH_FEDERATION !== "off",
		...(values.KITH_FEDERATION_CA === undefined ? {} : { caFile: values.KITH_FEDERATION_CA }),
		networks: values.KITH_FEDERATION_NETWORKS ?? [],
		notaries: values.KITH_NOTARIES ?? [],
	};
}

function assistantOf(values: Values): { assistant: AssistantSettings } | undefined {
	if (values.KITH_OLLAMA_URLS === undefined) return undefined;
	return {
		assistant: {
			urls: [...new Set(values.KITH_OLLAMA_URLS)],
			chatModel: values.KITH_ASSISTANT_MODEL ?? "llama3.2:3b",
			embedModel: values.KITH_ASSISTANT_EMBED_MODEL ?? "nomic-embed-text",
			contextTokens: values.KITH_ASSISTANT_CONTEXT ?? 4096,
		},
	};
}

function providerOf(values: Values): { identityProvider: IdentityProvider } | undefined {
	const { KITH_OIDC_ISSUER: issuer, KITH_OIDC_CLIENT_ID: clientId, KITH_OIDC_CLIENT_SECRET: clientSecret } = values;
	if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
	return {
		identityProvider: { issuer, clientId, clientSecret, name: values.KITH_OIDC_NAME ?? new URL(issuer).hostname },
	};
}

/** Other servers come by TLS alone: an http address is where a proxy asks, and nothing to tell them. */
function delegateOf(
	{ KITH_FEDERATION_DELEGATE: chosen }: Values,
	publicOrigin: string | undefined,
): { federationDelegate: string } | undefined {
	if (chosen !== undefined) return { federationDelegate: chosen };
	if (publicOrigin === undefined || !publicOrigin.startsWith("https:")) return undefined;
	const { hostname, port } = new URL(publicOrigin);
	return { federationDelegate: `${hostname}:${port === "" ? "443" : port}` };
}

function complete(values: Values): Environment {
	const host = values.KITH_HOST ?? defaultHost;
	const port = values.KITH_PORT ?? values.PORT ?? 3000;
	const tls = tlsOf(values);
	const publicOrigin =
		values.KITH_PUBLIC_URL ?? (tls === undefined ? undefined : new URL(`https://localhost:${port}`).origin);
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
		...delegateOf(values, publicOrigin),
		...tls,
		federation: federationOf(values),
		remoteMediaMb: values.KITH_REMOTE_MEDIA_MB ?? 500,
		uploadMb: values.KITH_UPLOAD_MB ?? 50,
		filesPerPersonMb: values.KITH_FILES_PER_PERSON_MB ?? 2000,
		...providerOf(values),
		...assistantOf(values),
		trustedProxies: values.KITH_TRUSTED_PROXIES ?? [],
		// A server that only this machine reaches lets whoever sits at it in; any other wants to be asked.
		registration: values.KITH_REGISTRATION ?? (isReachedFromElsewhere ? "token" : "open"),
		remoteInvites: values.KITH_REMOTE_INVITES ?? "everyone",
		roomVersion: values.KITH_ROOM_VERSION ?? "12",
		bus: values.KITH_BUS ?? (databaseUrl === undefined ? "memory" : "postgres"),
		writesPerMinute: values.KITH_WRITES_PER_MINUTE ?? 600,
		...(values.KITH_LOG_LEVEL === undefined ? {} : { logLevel: values.KITH_LOG_LEVEL }),
		metricsPort: values.KITH_METRICS_PORT ?? 9464,
		...(values.KITH_BACKUP_PASSPHRASE === undefined ? {} : { backupPassphrase: values.KITH_BACKUP_PASSPHRASE }),
	};
}

/** Tells next-auth, which reads no other setting, at which address people are: it sends them back there. */
export function announceOrigin(publicOrigin: string): void {
	process.env["NEXTAUTH_URL"] = publicOrigin;
}

/** The variables of this process: the only place where they are read. */
export function environment(): EnvironmentReading {
	return readEnvironment(process.env);
}
