import { onOtherPerson } from "../assistant/on-other-person.ts";
import { failureOf } from "../trpc/errors.ts";
import { api } from "../trpc/trpc.ts";

type Policy = Awaited<ReturnType<typeof api.assistant.policy.query>>;

const known = new Map<string, Policy>();

onOtherPerson(() => known.clear());

/** What holds in a room. Where the server cannot be asked, what it said last on this page does. */
export async function policyIn(roomId: string): Promise<Policy> {
	try {
		const policy = await api.assistant.policy.query({ roomId });
		known.set(roomId, policy);
		return policy;
	} catch (error) {
		const last = known.get(roomId);
		if (last === undefined || failureOf(error).code !== "offline") throw error;
		return last;
	}
}
