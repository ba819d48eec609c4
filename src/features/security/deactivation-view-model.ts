import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useProof } from "../../client/hooks/use-proof.ts";
import { dropSessionCookie } from "../../client/session/sign-in.ts";
import { endSession } from "../../client/sync/session.ts";
import { api } from "../../client/trpc/trpc.ts";
import type { DeactivationPartProps } from "./deactivation-part-view.tsx";

export function useDeactivation(): Omit<DeactivationPartProps, "isOwner"> {
	const [isAsking, setAsking] = useState(false);
	const proof = useProof();
	const end = useMutation({
		mutationFn: async () => {
			await api.accounts.deactivate.mutate({ proof: await proof.prove() });
			await endSession();
			await dropSessionCookie();
		},
		onSuccess: () => location.assign("/sign-in"),
	});
	const open = (isOpen: boolean) => {
		end.reset();
		proof.onPassword("");
		setAsking(isOpen);
	};
	return {
		isAsking,
		proof,
		isBusy: end.isPending,
		error: proof.failure(end.error),
		onAsk: () => open(true),
		onClose: () => open(false),
		onConfirm: () => end.mutate(),
	};
}
