import { isIP } from "node:net";
import { resolve } from "node:path";
import { parseServerName } from "@federation/identifiers/server-name.ts";
import * as z from "zod";

/** A variable of the environment: what it may be, and what is said when it is not. */
export interface Variable {
	readonly schema: z.ZodType;
	/** Completes "must be". */
	readonly rule: string;
	readonly example: string;
	/** Its value may hold a password and is not repeated. */
	readonly isSecret?: true;
}

const number = (smallest: number, largest = 65_535) =>
	z
		.string()
		.regex(/^\d{1,5}$/)
		.transform(Number)
		.pipe(z.int().min(smallest).max(largest));

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

const fileVariable = {
	schema: z
		.string()
		.regex(/^[^\0]+$/)
		.transform((path) => resolve(path)),
	rule: "a file",
};

const listOf = (isEntry: (text: string) => boolean) =>
	z
		.string()
		.transform((list) => list.split(",").map((entry) => entry.trim()))
		.refine((entries) => entries.every(isEntry));

/** A cloud model would be run on machines of somebody else, by an Ollama that looks like one's own. */
const modelVariable = {
	schema: z.string().regex(/^(?!.*[:-]cloud$)\w[\w.-]*(\/[\w.-]+){0,3}(:[\w.-]+)?$/i),
	rule: "the name of a model that runs on the Ollama itself (no cloud model)",
};

const portVariable = { schema: number(1), rule: "a number between 1 and 65535" };

/** Everything that can be set. */
export const variables = {
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
	KITH_TLS_CERT: { ...fileVariable, example: "/etc/kith/fullchain.pem" },
	KITH_TLS_KEY: { ...fileVariable, example: "/etc/kith/privkey.pem" },
	KITH_FEDERATION_DELEGATE: { ...serverNameVariable, example: "matrix.example.org:443" },
	KITH_FEDERATION: { schema: z.enum(["on", "off"]), rule: "on or off", example: "off" },
	KITH_FEDERATION_CA: { ...fileVariable, example: "/etc/kith/our-authority.pem" },
	KITH_FEDERATION_NETWORKS: {
		schema: listOf(isNetwork),
		rule: "addresses or networks, with commas between",
		example: "10.20.0.0/16",
	},
	KITH_NOTARIES: {
		schema: listOf((text) => parseServerName(text) !== undefined),
		rule: "server names, with commas between",
		example: "matrix.org",
	},
	KITH_REMOTE_MEDIA_MB: { schema: number(1), rule: "a number between 1 and 65535", example: "500" },
	KITH_UPLOAD_MB: { schema: number(1, 1000), rule: "a number between 1 and 1000", example: "50" },
	KITH_FILES_PER_PERSON_MB: { schema: number(1), rule: "a number between 1 and 65535", example: "2000" },
	KITH_TRUSTED_PROXIES: {
		schema: listOf(isNetwork),
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
	KITH_REMOTE_INVITES: {
		schema: z.enum(["everyone", "known", "nobody"]),
		rule: "everyone, known or nobody",
		example: "known",
	},
	KITH_ROOM_VERSION: { schema: z.enum(["10", "11", "12"]), rule: "10, 11 or 12", example: "12" },
	KITH_BUS: { schema: z.enum(["memory", "postgres"]), rule: "memory or postgres", example: "postgres" },
	KITH_WRITES_PER_MINUTE: { schema: number(0), rule: "a number between 0 (no limit) and 65535", example: "600" },
	KITH_OLLAMA_URLS: {
		schema: listOf(isOllamaAddress).transform((urls) => urls.map((url) => new URL(url).origin)),
		rule: "http or https addresses on this machine or a private network, with commas between",
		example: "http://127.0.0.1:11434",
	},
	KITH_ASSISTANT_MODEL: { ...modelVariable, example: "llama3.2:3b" },
	KITH_ASSISTANT_EMBED_MODEL: { ...modelVariable, example: "nomic-embed-text" },
	KITH_ASSISTANT_CONTEXT: {
		schema: number(2048),
		rule: "a number between 2048 and 65535",
		example: "8192",
	},
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

/** `203.0.113.7` or `10.0.0.0/8`. */
function isNetwork(text: string): boolean {
	const [address = "", prefix, ...rest] = text.split("/");
	const bits = isIP(address) === 6 ? 128 : 32;
	const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
	return isIP(address) !== 0 && isPrefix && rest.length === 0;
}

/**
 * Whoever reaches an Ollama may use it, and reads along where there is no TLS: an address that anybody can reach is refused.
 * What a host name leads to is the owner's to know.
 */
function isOllamaAddress(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, pathname, search, hash, username, hostname } = new URL(text);
	const isPlain = pathname === "/" && search === "" && hash === "" && username === "";
	const address = hostname.replace(/^\[|\]$/g, "");
	const isPublic = isIP(address) !== 0 && !isLoopback(hostname) && !isPrivateAddress(address);
	return /^https?:$/.test(protocol) && isPlain && !isPublic && !/(^|\.)ollama\.com$/i.test(hostname);
}

function isPrivateAddress(address: string): boolean {
	return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe80:)/i.test(
		address,
	);
}

/** Only this machine has it. */
export function isLoopback(host: string): boolean {
	const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
	return (
		name === "localhost" || name.endsWith(".localhost") || name.startsWith("127.") || host === "::1" || name === "::1"
	);
}
