import { expect, it, onTestFinished } from "vitest";
import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import { testSigner } from "../../federation/testing/noble-signer.ts";
import { createRequestBounds } from "../../src/server/matrix/request-bounds.ts";
import { type Container, setContainer } from "../../src/server/running-container.ts";
import { askMatrix, type MatrixQuestion } from "../setup/ask-matrix.ts";
import { silentLog } from "../setup/silent-log.ts";
import { testFederation } from "../setup/test-federation.ts";
import { startTestNextServer } from "../setup/test-next-server.ts";

const own = "kith.example" as ServerName;
const peer = testSigner("one.example");

it("Next alone answers other servers at the addresses that they ask", async () => {
	const host: Pick<Container, "federation" | "log" | "requestBounds"> = {
		federation: testFederation(own, [peer]),
		log: silentLog,
		requestBounds: createRequestBounds(() => true),
	};
	setContainer(host as Container);
	onTestFinished(() => setContainer(undefined));
	await using server = await startTestNextServer();
	const ask = (question: MatrixQuestion) => askMatrix(server.origin, question);
	const software = { server: { name: "Kith", version: "0" } };
	expect(await ask({ uri: "/_matrix/federation/v1/version" })).toMatchObject({ status: 200, content: software });
	expect((await ask({ uri: "/.well-known/matrix/server" })).content).toEqual({ "m.server": "matrix.kith.example:443" });
	expect(await ask({ uri: "/_matrix/federation/v1/nothing" })).toMatchObject({
		status: 404,
		content: { errcode: "M_UNRECOGNIZED" },
	});
	// Written otherwise than Next would write it: the signature is over each character.
	const uri = "/_matrix/federation/v1/query/profile?user_id=@a~b*%20%63:elsewhere.example";
	const signed = { uri, signer: peer, destination: own };
	expect(await ask(signed)).toMatchObject({ status: 404, content: { errcode: "M_NOT_FOUND" } });
	expect(await ask({ uri })).toMatchObject({ status: 401, content: { errcode: "M_UNAUTHORIZED" } });
	expect((await ask({ method: "PUT", uri: "/_matrix/federation/v1/version" })).status).toBe(405);
});
