import { rename, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readKeyDocument } from "../../federation/handshakes/key-document.ts";
import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import { portOf, startServerProcess } from "../server-process/start-server-process.ts";
import { askMatrix, type MatrixQuestion } from "../setup/ask-matrix.ts";
import { makeSelfSignedCertificate } from "../setup/self-signed-certificate.ts";
import { startHostilePeer } from "./hostile/hostile-peer.ts";
import { testFolder, writeOwnCertificate } from "./test-kith.ts";

const headersOf = (url: string, ca: string): Promise<Record<string, unknown>> =>
	new Promise((resolve, reject) => {
		const asking = request(url, { ca, agent: false }, (response) => {
			response.resume();
			resolve(response.headers);
		});
		asking.once("error", reject);
		asking.end();
	});

it("a server with a certificate of its own serves people and other servers at one port, and follows a renewal", async () => {
	await using folder = await testFolder();
	const { tls, caFile } = await writeOwnCertificate(folder.path);
	const env = { KITH_FEDERATION_CA: caFile, KITH_FEDERATION_NETWORKS: "127.0.0.0/8,::1/128" };
	await using kith = await startServerProcess({ dataFolder: join(folder.path, "data"), tls, env });
	const own = `localhost:${portOf(kith)}` as ServerName;

	const page = await headersOf(`${kith.origin}/sign-in`, tls.ca);
	expect(page["strict-transport-security"]).toBe("max-age=31536000");
	expect(page["content-security-policy"]).toContain(`connect-src 'self' wss://${own}`);
	const { "set-cookie": cookies } = await headersOf(`${kith.origin}/api/auth/csrf`, tls.ca);
	expect(cookies).toEqual(expect.arrayContaining([expect.stringMatching(/^__Host-next-auth.csrf-token=.*; Secure/)]));

	const ask = (question: MatrixQuestion, ca = tls.ca) => askMatrix(kith.origin, { ca, ...question });
	const document = await ask({ uri: "/_matrix/key/v2/server" });
	const check = { server: own, verifier: nodeVerifier, receivedTs: Date.now() };
	expect(readKeyDocument(document.content as JsonObject, check)).toMatchObject({ kind: "read" });
	expect((await ask({ uri: "/.well-known/matrix/server" })).content).toEqual({ "m.server": own });
	await using peer = await startHostilePeer(tls);
	const uri = "/_matrix/federation/v1/query/profile?user_id=%40nobody%3A~";
	expect((await ask({ uri, signer: peer.signer, destination: own })).status).toBe(404);
	expect((await ask({ uri })).status).toBe(401);
	expect(peer.seen.map((seen) => seen.uri)).toEqual(["/_matrix/key/v2/server"]);

	const renewed = makeSelfSignedCertificate("localhost", Date.now());
	await writeFile(`${tls.keyFile}.new`, renewed.key);
	await writeFile(`${tls.certFile}.new`, renewed.cert);
	await rename(`${tls.keyFile}.new`, tls.keyFile);
	await rename(`${tls.certFile}.new`, tls.certFile);
	const version = { uri: "/_matrix/federation/v1/version" };
	const showsRenewed = () =>
		ask(version, renewed.cert).then(
			({ status }) => status,
			() => 0,
		);
	await expect.poll(showsRenewed, { timeout: 20_000, interval: 200 }).toBe(200);
	await expect(ask(version)).rejects.toThrow(/self.signed/i);
});
