import { stateMapKey } from "../../../../federation/events/state-key.ts";
import { askPolicyServer, type PolicyAnswer } from "../../../../federation/handshakes/ask-policy-server.ts";
import { isPolicySigned, readRoomPolicy } from "../../../../federation/handshakes/policy-signature.ts";
import type { PolicyServer } from "../../../../federation/ports/policy-server.ts";
import type { RoomGraph } from "../../rooms/public.ts";
import type { PolicyDependencies } from "./policy-dependencies.ts";

const policyKey = stateMapKey("m.room.policy", "");

/** Looks for the signature of a room's policy server on what other servers sent, and asks for it where it lacks. */
export const createPolicyServer = (
	dependencies: PolicyDependencies & { readonly graph: Pick<RoomGraph, "room" | "currentState" | "find"> },
): PolicyServer => ({
	recommendation: async (event) => {
		const { graph, verifier, serversIn } = dependencies;
		const { roomId } = event;
		const room = await graph.room(roomId);
		const place = (await graph.currentState(roomId, [policyKey])).get(policyKey);
		const named = place === undefined ? undefined : (await graph.find([place.eventId])).get(place.eventId);
		const policy = readRoomPolicy(named?.event.content);
		if (room === undefined || policy === undefined) return { kind: "recommended" };
		const question = { event, version: room.version, policy };
		if (isPolicySigned(question, verifier)) return { kind: "recommended" };
		if (!(await serversIn(roomId)).includes(policy.server)) return { kind: "recommended" };
		const answer = await askPolicyServer(dependencies, question);
		if (answer.kind === "signed") return { kind: "recommended" };
		return { kind: "notRecommended", detail: `the policy server ${policy.server} ${whyNot(answer)}` };
	},
});

/** For the log; nothing that the other server wrote. */
const whyNot = (answer: Exclude<PolicyAnswer, { kind: "signed" }>): string => {
	if (answer.kind === "unsigned") return "gave no signature by the room's key";
	return answer.kind === "refused" ? `refused with ${answer.status}` : `was not reached: ${answer.reason}`;
};
