import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { clientStore } from "../../client/store/client-store.ts";
import { privacyFrom } from "../../client/store/own-privacy.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { WirePrivacy } from "../../shared/wire/privacy.ts";
import { privacyType } from "../../shared/wire/privacy-choices.ts";
import { useBlockedPeople } from "./blocked-people-view-model.ts";
import type { PrivacyProps } from "./privacy-view.tsx";

type Change = Partial<WirePrivacy>;

/** What the person lets others know. A choice shows at once, and is taken back when the server does not take it. */
export function usePrivacy(): PrivacyProps {
	const known = useClientState((state) => state.accountData.get(privacyType));
	const isReady = useClientState((state) => state.isListReady);
	const [waiting, setWaiting] = useState<Change>({});
	const change = useMutation({
		// One after the other, and never kept for later: what is shown is what holds.
		scope: { id: privacyType },
		networkMode: "always",
		mutationFn: (wanted: Change) => api.accounts.setPrivacy.mutate(wanted),
		onMutate: (wanted) => setWaiting((others) => ({ ...others, ...wanted })),
		onSuccess: keep,
		onSettled: (_privacy, _error, wanted) => setWaiting((all) => without(all, wanted)),
	});
	const { error } = change;
	return {
		privacy: { ...privacyFrom(known), ...waiting },
		isReady,
		error: error === null ? undefined : `${text("privacy.notSaved")} ${failureText(failureOf(error).code)}`,
		onChange: change.mutate,
		blocked: useBlockedPeople(),
	};
}

/** The stream tells it too, a moment later. */
function keep(privacy: WirePrivacy): void {
	clientStore.set((state) => ({
		...state,
		accountData: new Map(state.accountData).set(privacyType, { ...privacy }),
	}));
}

/** What waits behind an answer: a choice that was changed again since is still on its way. */
function without(all: Change, { readReceipts, typing, lastSeen }: Change): Change {
	return {
		...(all.readReceipts !== undefined && all.readReceipts !== readReceipts && { readReceipts: all.readReceipts }),
		...(all.typing !== undefined && all.typing !== typing && { typing: all.typing }),
		...(all.lastSeen !== undefined && all.lastSeen !== lastSeen && { lastSeen: all.lastSeen }),
	};
}
