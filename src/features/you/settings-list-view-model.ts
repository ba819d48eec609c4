import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { drafts } from "../../client/drafts/drafts.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { clientOutbox } from "../../client/outbox/client-outbox.ts";
import type { OutboxEntry } from "../../client/outbox/outbox-entry.ts";
import { signOut } from "../../client/session/sign-out.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";

/** Who is signed in here, and the way out. */
export function useSettingsList() {
	const me = useClientState((state) => state.me);
	const unsentCount = useObservable(clientOutbox.items, countUnsent) + useObservable(drafts, ({ size }) => size);
	const [isAsking, setAsking] = useState(false);
	const leave = useMutation({ mutationFn: signOut, onSuccess: () => location.assign("/sign-in") });
	return {
		me,
		isAsking,
		unsentCount,
		isBusy: leave.isPending,
		error: leave.error === null ? undefined : failureText(failureOf(leave.error).code),
		onAsk: () => setAsking(true),
		onCancel: () => setAsking(false),
		onSignOut: () => leave.mutate(),
	};
}

/** What the server has is not lost, though the stream may not have brought it back yet. */
function countUnsent(entries: readonly OutboxEntry[]): number {
	return entries.filter(({ state }) => state.kind !== "stored").length;
}
