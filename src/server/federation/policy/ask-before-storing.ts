import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { askPolicyServer, type PolicyAnswer } from "../../../../federation/handshakes/ask-policy-server.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import { type AppendLane, ApprovalWanted } from "../../rooms/public.ts";
import type { PolicyDependencies } from "./policy-dependencies.ts";

/** A job of several events asks for each; a room in which others write meanwhile makes it ask again. */
const mostAsked = 12;
const busyRetryMs = 1_000;
const unreachedRetryMs = 10_000;

/**
 * A lane that has what people of this server write in rooms with a policy server signed by that server, before it is
 * stored. Jobs in other rooms go straight on. Throws besides, by `submit`: `policy-refused`; `unavailable` where the policy
 * server is not reached.
 */
export const askBeforeStoring = (lane: AppendLane, dependencies: PolicyDependencies): AppendLane => ({
	...lane,
	submit: async (job) => {
		const events = new Map<EventId, RoomEvent>();
		let now: number | undefined;
		for (let asked = 0; asked < mostAsked; asked += 1) {
			try {
				return await lane.submit(now === undefined ? job : { ...job, approval: { now, events } });
			} catch (error) {
				if (!(error instanceof ApprovalWanted)) throw error;
				now ??= error.event.originServerTs;
				events.set(error.event.eventId, await approve(dependencies, error));
			}
		}
		throw new AppError("unavailable", {
			retryAfterMs: busyRetryMs,
			detail: "the room moves faster than its policy server",
		});
	},
});

/** Nobody is kept in a room because its policy server is away. */
const isLeaving = ({ type, sender, stateKey, content }: RoomEvent): boolean =>
	type === "m.room.member" && sender === stateKey && content["membership"] === "leave";

const approve = async (
	dependencies: PolicyDependencies,
	{ event, version, policy }: ApprovalWanted,
): Promise<RoomEvent> => {
	if (!(await dependencies.serversIn(event.roomId)).includes(policy.server)) return event;
	const answer = await askPolicyServer(dependencies, { event, version, policy });
	if (answer.kind === "signed") return answer.event;
	if (isLeaving(event)) return event;
	throw refusalOf(answer);
};

const refusalOf = (answer: Exclude<PolicyAnswer, { kind: "signed" }>): AppError => {
	if (answer.kind === "unreachable") return new AppError("unavailable", { retryAfterMs: unreachedRetryMs });
	if (answer.kind === "refused" && (answer.status === 429 || answer.status >= 500)) {
		return new AppError("unavailable", { retryAfterMs: answer.retryAfterMs ?? unreachedRetryMs });
	}
	return new AppError("policy-refused");
};
