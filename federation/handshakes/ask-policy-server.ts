/**
 * Asking a room's policy server to sign an event, before it is sent, or when it came without that signature.
 * Source: Matrix v1.19 Server-Server API, "Asking for a Policy Server signature on an event".
 */
import type { RoomEvent } from "../events/room-event.ts";
import type { PeerAnswer, PeerTransport } from "../ports/peer-transport.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { isPolicySigned, type PolicyQuestion, withPolicySignature } from "./policy-signature.ts";

/** Whoever writes waits for it. */
const timeoutMs = 10_000;
/** One signature. */
const maxAnswerBytes = 65_536;

/** What the policy server said. `unsigned`: it answered without a signature that the room's key made. */
export type PolicyAnswer =
	| { readonly kind: "signed"; readonly event: RoomEvent }
	| { readonly kind: "unsigned" }
	| Exclude<PeerAnswer, { kind: "answered" }>;

/** The event with the policy server's signature, checked, or why there is none. One request. */
export const askPolicyServer = async (
	{ peers, verifier }: { readonly peers: PeerTransport; readonly verifier: SignatureVerifier },
	question: PolicyQuestion,
): Promise<PolicyAnswer> => {
	const { event, policy } = question;
	const answer = await peers.request(policy.server, {
		method: "POST",
		uri: "/_matrix/policy/v1/sign",
		content: event.json,
		...{ timeoutMs, maxAnswerBytes },
	});
	if (answer.kind !== "answered") return answer;
	const signed = withPolicySignature(question, answer.content);
	if (signed === undefined || !isPolicySigned({ ...question, event: signed }, verifier)) return { kind: "unsigned" };
	return { kind: "signed", event: signed };
};
