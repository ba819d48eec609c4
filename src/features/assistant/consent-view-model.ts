import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { askIn, isAskedIn } from "../../client/assistant/consent-choice.ts";
import type { Gathered } from "../../client/assistant/gather-messages.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { placeNow } from "../../client/own-ollama/ai-place.ts";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import { type ConsentSnapshot, consentTo } from "./consent-snapshot.ts";

/** What is given where nobody's messages are. */
export const noMessages: Gathered = { messages: [], closedCount: 0, isWhole: true };

/** What somebody said yes to for one place goes to no other, also where another window changes it meanwhile. */
function isStillAt({ kind, name }: AiPlace): boolean {
	const now = placeNow();
	return now.kind === kind && now.name === name;
}

interface Question {
	readonly snapshot: ConsentSnapshot;
	readonly answer: (isSent: boolean) => void;
}

/** Asks before anything of a room goes to the assistant, unless the person said here that they need not be asked. */
export function useConsent(roomId: string, place: AiPlace) {
	const userId = useClientState(({ me }) => me?.userId);
	const client = useQueryClient();
	const queryKey = ["asked before the assistant", userId, roomId, place.kind, place.name];
	const isAsked = useQuery({ queryKey, queryFn: () => isAskedIn({ roomId, place }), staleTime: 0 });
	const [question, setQuestion] = useState<Question | undefined>();
	const choose = async (isWanted: boolean): Promise<void> => {
		await askIn({ roomId, place }, isWanted);
		await client.invalidateQueries({ queryKey });
	};
	const close = (isSent: boolean): void => {
		question?.answer(isSent);
		setQuestion(undefined);
	};
	return {
		/** Whether what is shown may be sent. It never answers where the page is left before. */
		ask: async (given: Gathered): Promise<boolean> => {
			if (!(await isAskedIn({ roomId, place }))) return isStillAt(place);
			return new Promise((answer) =>
				setQuestion({
					snapshot: consentTo(given, place),
					answer: (isSent) => answer(isSent && isStillAt(place)),
				}),
			);
		},
		/** False: the person need not be asked. */
		isAsked: isAsked.data ?? true,
		onAskAgain: () => void choose(true),
		dialog: question && {
			consent: question.snapshot,
			onSend: (isAskedNext: boolean) => {
				if (!isAskedNext) void choose(false);
				close(true);
			},
			onClose: () => close(false),
		},
	};
}
