import { useClientState } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { privacyFrom } from "../../client/store/own-privacy.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { clockTime, dayKey, dayLabel, listTime } from "../../shared/text/dates.ts";
import { text } from "../../shared/text/text.ts";
import type { WireReader, WireWaitedServer } from "../../shared/wire/message-calls.ts";
import { privacyType } from "../../shared/wire/privacy-choices.ts";
import type { ReadersState } from "./readers-dialog-view.tsx";

/** Who has the message that was asked about. The answer is as old as the question. */
export function useReaders(roomId: string, eventId: string | undefined) {
	const now = useNow();
	const choices = useClientState((state) => state.accountData.get(privacyType));
	const answer = trpc.messages.readers.useQuery(
		{ roomId, eventId: eventId ?? "" },
		{ enabled: eventId !== undefined, staleTime: 0 },
	);
	return {
		hasReceipts: privacyFrom(choices).readReceipts,
		readers: eventId === undefined ? undefined : stateOf(answer, now),
		onRetryReaders: () => void answer.refetch(),
	};
}

interface Answer {
	readonly isError: boolean;
	readonly data: { readonly items: readonly WireReader[]; readonly servers: readonly WireWaitedServer[] } | undefined;
}

function stateOf({ isError, data }: Answer, now: number): ReadersState {
	if (data === undefined) return isError ? { kind: "failed" } : { kind: "loading" };
	const people = data.items.map((reader) => ({
		userId: reader.userId,
		name: reader.displayName,
		state: reader.state,
		when: whenOf(reader, now),
	}));
	const servers = data.servers.map(({ serverName, failingSince }) => ({
		serverName,
		why:
			failingSince === undefined
				? text("message.serverSoon")
				: text("message.serverAway", { time: listTime(failingSince, now) }),
	}));
	return { kind: "known", people, servers };
}

/** A receipt stands at the newest message that somebody has seen: of an older one it tells the latest time possible. */
function whenOf({ readTs, isExact }: WireReader, now: number): string | undefined {
	if (readTs === undefined) return undefined;
	const clock = clockTime(readTs);
	const time = dayKey(readTs) === dayKey(now) ? clock : `${dayLabel(readTs, now)} ${clock}`;
	return isExact === true ? time : text("message.readBy", { time });
}
