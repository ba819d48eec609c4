import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useProof } from "../../client/hooks/use-proof.ts";
import { createPasskey } from "../../client/session/passkeys.ts";
import type { WaysIn } from "../../client/session/prove-person.ts";
import { api } from "../../client/trpc/trpc.ts";
import { dateText } from "../../shared/text/dates.ts";
import { text } from "../../shared/text/text.ts";
import type { PasskeyAsking, PasskeysPartProps } from "./passkeys-part-view.tsx";

export function useOwnPasskeys(ways: WaysIn, refresh: () => Promise<void>): Omit<PasskeysPartProps, "canAdd"> {
	const [asking, setAsking] = useState<PasskeyAsking | undefined>();
	const proof = useProof();
	const change = useMutation({
		mutationFn: (work: () => Promise<unknown>) => work(),
		onSuccess: async () => {
			await refresh();
			setAsking(undefined);
		},
	});
	const ask = (next: PasskeyAsking | undefined) => {
		change.reset();
		proof.onPassword("");
		setAsking(next);
	};
	return {
		passkeys: ways.passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
			...{ id, name },
			usedText:
				lastUsedAt === undefined
					? text("security.passkeyNew", { day: dateText(createdAt) })
					: text("security.passkeyUsed", { day: dateText(lastUsedAt) }),
		})),
		...{ asking, proof },
		isBusy: change.isPending,
		error: proof.failure(change.error),
		onAsk: ask,
		onClose: () => ask(undefined),
		onAdd: () => {
			change.mutate(async () => {
				const passkey = await createPasskey(await api.passkeys.beginAdd.mutate({ proof: await proof.prove() }));
				return api.passkeys.add.mutate(passkey);
			});
		},
		onRename: (name) => {
			if (asking?.kind === "rename") change.mutate(() => api.passkeys.rename.mutate({ id: asking.id, name }));
		},
		onRemove: () => {
			if (asking?.kind !== "remove") return;
			const { id } = asking;
			change.mutate(async () => api.passkeys.remove.mutate({ id, proof: await proof.prove() }));
		},
	};
}
