import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { signOut } from "../../client/session/sign-out.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";

/** Who is signed in here, and the way out. */
export function useSettingsList() {
	const me = useClientState((state) => state.me);
	const [isAsking, setAsking] = useState(false);
	const leave = useMutation({ mutationFn: signOut, onSuccess: () => location.assign("/sign-in") });
	return {
		me,
		isAsking,
		isBusy: leave.isPending,
		error: leave.error === null ? undefined : failureText(failureOf(leave.error).code),
		onAsk: () => setAsking(true),
		onCancel: () => setAsking(false),
		onSignOut: () => leave.mutate(),
	};
}
