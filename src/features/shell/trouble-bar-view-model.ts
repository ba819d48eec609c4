import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { engineState } from "../../client/crypto/engine-state.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { leaveLostDevice } from "../../client/session/leave-lost-device.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { signInAddress } from "../../shared/return-address.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { TroubleBarProps } from "./trouble-bar-view.tsx";

/** What keeps the engine from working; `undefined`: nothing does. */
export function useTroubleBar(): TroubleBarProps | undefined {
	const trouble = useObservable(engineState, (state) => state.trouble);
	const [isAsking, setAsking] = useState(false);
	const leaving = useMutation({
		mutationFn: leaveLostDevice,
		// A page of its own: nothing of the old device lives on in this one.
		onSuccess: () => location.assign(signInAddress("/unlock")),
	});
	if (trouble === undefined) return undefined;
	return {
		...{ trouble, isAsking },
		isBusy: leaving.isPending || leaving.isSuccess,
		error: leaving.error === null ? undefined : failureText(failureOf(leaving.error).code),
		onAct: () => {
			if (trouble === "store-lost") setAsking(true);
			else location.reload();
		},
		onConfirm: () => {
			if (!leaving.isPending) leaving.mutate();
		},
		onClose: () => {
			leaving.reset();
			setAsking(false);
		},
	};
}
