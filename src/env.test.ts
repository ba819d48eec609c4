import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Environment, readEnvironment } from "./env.ts";

function read(source: Record<string, string>): Environment {
	const reading = readEnvironment(source);
	if (reading.kind === "refused") throw new Error(reading.lines.join("\n"));
	return reading.environment;
}

describe("readEnvironment", () => {
	it("fills in what is not set", () => {
		expect(read({ PATH: "/bin", KITH_PORT: "" })).toEqual({
			mode: "production",
			host: "127.0.0.1",
			port: 3000,
			dataFolder: resolve("data"),
			serverName: "localhost:3000",
			isServerNameChosen: false,
			federation: { isOn: true, networks: [], notaries: [] },
			trustedProxies: [],
			registration: "open",
			remoteInvites: "everyone",
			remoteMediaMb: 500,
			uploadMb: 50,
			filesPerPersonMb: 2000,
			roomVersion: "12",
			bus: "memory",
			writesPerMinute: 600,
			metricsPort: 9464,
		});
	});

	it("prefers KITH_PORT to PORT", () => {
		expect(read({ PORT: "4000" }).port).toBe(4000);
		expect(read({ PORT: "4000", KITH_PORT: "5000" }).port).toBe(5000);
	});

	it("names the server after its public address", () => {
		const environment = read({ KITH_PUBLIC_URL: "https://chat.example.org/" });
		expect(environment.publicOrigin).toBe("https://chat.example.org");
		expect(environment.serverName).toBe("chat.example.org");
	});

	it("tells other servers the public address with its port, unless another is chosen or it has no TLS", () => {
		const delegate = (source: Record<string, string>) => read(source).federationDelegate;
		expect(delegate({ KITH_PUBLIC_URL: "https://chat.example.org" })).toBe("chat.example.org:443");
		expect(delegate({ KITH_PUBLIC_URL: "https://chat.example.org:8443" })).toBe("chat.example.org:8443");
		expect(delegate({ KITH_PUBLIC_URL: "http://chat.example.org" })).toBeUndefined();
		expect(
			delegate({ KITH_PUBLIC_URL: "https://chat.example.org", KITH_FEDERATION_DELEGATE: "matrix.example.org" }),
		).toBe("matrix.example.org");
	});

	it("has an assistant where an Ollama is named: on this machine or a private network, with models of its own", () => {
		expect(read({ KITH_ASSISTANT_MODEL: "llama3.2:1b" }).assistant).toBeUndefined();
		const urls = "http://127.0.0.1:11434/, https://ollama.lan,http://10.1.2.3:1,http://[fd00::1]:2";
		expect(read({ KITH_OLLAMA_URLS: urls, KITH_ASSISTANT_CONTEXT: "8192" }).assistant).toEqual({
			urls: ["http://127.0.0.1:11434", "https://ollama.lan", "http://10.1.2.3:1", "http://[fd00::1]:2"],
			...{ chatModel: "llama3.2:3b", embedModel: "nomic-embed-text", contextTokens: 8192 },
		});
		const refused = (source: Record<string, string>) => readEnvironment(source).kind;
		for (const url of [
			"http://8.8.8.8",
			"https://ollama.com",
			"http://a:b@127.0.0.1",
			"http://127.0.0.1/x",
			"127.0.0.1",
		]) {
			expect([url, refused({ KITH_OLLAMA_URLS: url })]).toEqual([url, "refused"]);
		}
		for (const model of ["gpt-oss:120b-cloud", "kimi:cloud", "a model", "../x", ""]) {
			const kind = model === "" ? "ok" : "refused";
			expect([model, refused({ KITH_ASSISTANT_MODEL: model })]).toEqual([model, kind]);
		}
		expect(read({ KITH_OLLAMA_URLS: urls, KITH_ASSISTANT_MODEL: "hf.co/user/My_Model:Q4" }).assistant).toMatchObject({
			chatModel: "hf.co/user/My_Model:Q4",
		});
	});

	it("reads how other servers are asked", () => {
		expect(
			read({
				KITH_FEDERATION: "off",
				KITH_FEDERATION_CA: "/etc/ca.pem",
				KITH_FEDERATION_NETWORKS: "10.0.0.0/8, fd00::/8",
				KITH_NOTARIES: "matrix.org,one.example:8448",
			}).federation,
		).toEqual({
			isOn: false,
			caFile: "/etc/ca.pem",
			networks: ["10.0.0.0/8", "fd00::/8"],
			notaries: ["matrix.org", "one.example:8448"],
		});
		for (const wrong of [
			{ KITH_FEDERATION: "maybe" },
			{ KITH_FEDERATION_NETWORKS: "10.0.0.0/33" },
			{ KITH_NOTARIES: "https://matrix.org" },
		]) {
			expect(readEnvironment(wrong).kind).toBe("refused");
		}
	});

	it("opens registration only where this machine alone can reach it", () => {
		expect(read({ KITH_HOST: "0.0.0.0" }).registration).toBe("token");
		expect(read({ KITH_PUBLIC_URL: "https://chat.example.org" }).registration).toBe("token");
		expect(read({ KITH_PUBLIC_URL: "http://localhost:8080" }).registration).toBe("open");
		expect(read({ KITH_HOST: "::1" }).registration).toBe("open");
		expect(read({ KITH_HOST: "0.0.0.0", KITH_REGISTRATION: "closed" }).registration).toBe("closed");
	});

	it("shares a database through the database's bus", () => {
		expect(read({ DATABASE_URL: "postgres://u:p@db/kith" }).bus).toBe("postgres");
	});

	it.each([
		["KITH_PORT", "abc", 'KITH_PORT: must be a number between 1 and 65535, got "abc" — example: KITH_PORT=3000'],
		["KITH_PORT", "0", 'KITH_PORT: must be a number between 1 and 65535, got "0" — example: KITH_PORT=3000'],
		["KITH_PORT", "65536", 'KITH_PORT: must be a number between 1 and 65535, got "65536" — example: KITH_PORT=3000'],
		["KITH_ROOM_VERSION", "9", 'KITH_ROOM_VERSION: must be 10, 11 or 12, got "9" — example: KITH_ROOM_VERSION=12'],
		[
			"KITH_PUBLIC_URL",
			"ftp://a",
			'KITH_PUBLIC_URL: must be an http or https address without a path, got "ftp://a" — example: KITH_PUBLIC_URL=https://chat.example.org',
		],
		[
			"KITH_SERVER_NAME",
			"not a name",
			'KITH_SERVER_NAME: must be a host name, with a port where it has one, got "not a name" — example: KITH_SERVER_NAME=chat.example.org',
		],
		[
			"KITH_TRUSTED_PROXIES",
			"10.0.0.0/33",
			'KITH_TRUSTED_PROXIES: must be addresses or networks, with commas between, got "10.0.0.0/33" — example: KITH_TRUSTED_PROXIES=172.18.0.0/16',
		],
	])("refuses %s=%s in one line", (name, value, line) => {
		expect(readEnvironment({ [name]: value })).toEqual({ kind: "refused", lines: [line] });
	});

	it("takes a certificate and its key, and an https address that goes with them", () => {
		const tls = { KITH_TLS_CERT: "tls/cert.pem", KITH_TLS_KEY: "/etc/key.pem" };
		const alone = read({ ...tls, KITH_PORT: "8448" });
		expect(alone.tls).toEqual({ certFile: resolve("tls/cert.pem"), keyFile: "/etc/key.pem" });
		expect(alone).toMatchObject({ publicOrigin: "https://localhost:8448", serverName: "localhost:8448" });
		expect(alone.registration).toBe("open");
		const open = { ...tls, KITH_HOST: "0.0.0.0", KITH_PUBLIC_URL: "https://chat.example.org" };
		expect(read(open)).toMatchObject({ serverName: "chat.example.org", registration: "token" });
		const address = "KITH_PUBLIC_URL: must be the https address of this server, now that it serves TLS itself";
		expect(readEnvironment({ ...tls, KITH_HOST: "0.0.0.0" })).toEqual({ kind: "refused", lines: [address] });
		expect(readEnvironment({ ...tls, KITH_PUBLIC_URL: "http://localhost" })).toEqual({
			kind: "refused",
			lines: [address],
		});
		expect(readEnvironment({ KITH_TLS_KEY: "/etc/key.pem" })).toEqual({
			kind: "refused",
			lines: ["KITH_TLS_CERT: must be set too: TLS takes a certificate and its key"],
		});
	});

	it("takes an identity provider whole or not at all", () => {
		const provider = {
			KITH_OIDC_ISSUER: "https://login.example.org/",
			KITH_OIDC_CLIENT_ID: "kith",
			KITH_OIDC_CLIENT_SECRET: "hunter2",
		};
		expect(read({ ...provider, KITH_PUBLIC_URL: "https://chat.example.org" }).identityProvider).toEqual({
			issuer: "https://login.example.org",
			clientId: "kith",
			clientSecret: "hunter2",
			name: "login.example.org",
		});
		expect(readEnvironment({ KITH_OIDC_ISSUER: "https://login.example.org" })).toEqual({
			kind: "refused",
			lines: ["KITH_OIDC_CLIENT_ID", "KITH_OIDC_CLIENT_SECRET", "KITH_PUBLIC_URL"].map(
				(name) => `${name}: must be set for signing in by an OpenID provider`,
			),
		});
		expect(readEnvironment({ ...provider, KITH_OIDC_ISSUER: "http://login.example.org" }).kind).toBe("refused");
	});

	it("does not repeat a value that may hold a password", () => {
		const reading = readEnvironment({ DATABASE_URL: "mysql://kith:hunter2@db/kith" });
		expect(JSON.stringify(reading)).not.toContain("hunter2");
		expect(reading.kind).toBe("refused");
	});

	it("names every wrong variable at once", () => {
		const reading = readEnvironment({ KITH_PORT: "x", KITH_BUS: "redis" });
		expect(reading.kind === "refused" && reading.lines.map((line) => line.split(":")[0])).toEqual([
			"KITH_PORT",
			"KITH_BUS",
		]);
	});
});
