import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { provePerson, type WaysIn } from "../../client/session/prove-person.ts";
import { dropSessionCookie } from "../../client/session/sign-in.ts";
import { endSession } from "../../client/sync/session.ts";
import { api } from "../../client/trpc/trpc.ts";
import type { DeactivationPartProps } from "./deactivation-part-view.tsx";
import { proofFailure } from "./password-view-model.ts";

export function useDeactivation(ways: WaysIn): Omit<DeactivationPartProps, "isOwner" | "proofKind"> {
	const [isAsking, setAsking] = useState(false);
	const [password, setPassword] = useState("");
	const end = useMutation({
		mutationFn: async () => {
			await api.accounts.deactivate.mutate({ proof: await provePerson(ways, password) });
			await endSession();
			await dropSessionCookie();
		},
		onSuccess: () => location.assign("/sign-in"),
	});
	const open = (isOpen: boolean) => {
		end.reset();
		setPassword("");
		setAsking(isOpen);
	};
	return {
		isAsking,
		password,
		isBusy: end.isPending,
		error: proofFailure(end.error, ways),
		onPassword: setPassword,
		onAsk: () => open(true),
		onClose: () => open(false),
		onConfirm: () => end.mutate(),
	};
}
