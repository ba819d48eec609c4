import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { askEngine } from "../../client/crypto/ask-engine.ts";
import type { IdentityStatus } from "../../client/crypto/crypto-message.ts";
import { verificationState } from "../../client/crypto/verification-state.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { hasCamera } from "../../client/verification/camera.ts";

/** Being let in by another device of one's own, where there is one. `onLetIn`: it was, or is about to be. */
export function useAskDevice(identity: IdentityStatus, onLetIn: () => void) {
	const own = useClientState((state) => state.me?.deviceId);
	const asked = useObservable(verificationState, (all) => all.find(({ isSelf, isOurs }) => isSelf && isOurs));
	const [prefersKey, setPrefersKey] = useState(false);
	const found = useQuery({
		queryKey: ["ownDevices", identity],
		queryFn: () => askEngine("ownDevices", {}),
		enabled: identity === "unverified",
	});
	const ask = useMutation({
		mutationFn: async () => askEngine("askOwnDevices", { canScan: await hasCamera() }),
	});
	const isLetIn = asked !== undefined && (identity === "verified" || asked.step.kind === "done");
	const { flowId, userId } = asked ?? {};
	useEffect(() => {
		if (!isLetIn || flowId === undefined || userId === undefined) return;
		onLetIn();
		void askEngine("endVerification", { flowId, userId }).catch(() => undefined);
	}, [isLetIn, flowId, userId, onLetIn]);
	const hasOther = found.data?.devices.some(({ deviceId, isVerified }) => isVerified && deviceId !== own) ?? false;
	return {
		isLetIn,
		asked: prefersKey ? undefined : asked,
		isAsking: ask.isPending,
		onKey: () => setPrefersKey(true),
		onAskDevice: hasOther
			? () => {
					setPrefersKey(false);
					if (asked === undefined) ask.mutate();
				}
			: undefined,
	};
}
