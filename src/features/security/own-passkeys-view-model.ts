import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { createPasskey, PasskeyCancelled } from "../../client/session/passkeys.ts";
import type { WaysIn } from "../../client/session/prove-person.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import { dateText } from "../../shared/text/dates.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { PasskeyAsking, PasskeysPartProps } from "./passkeys-part-view.tsx";

export function useOwnPasskeys(ways: WaysIn, refresh: () => Promise<void>): Omit<PasskeysPartProps, "canAdd"> {
	const [asking, setAsking] = useState<PasskeyAsking | undefined>();
	const change = useMutation({
		mutationFn: (work: () => Promise<unknown>) => work(),
		onSuccess: async () => {
			await refresh();
			setAsking(undefined);
		},
	});
	const ask = (next: PasskeyAsking | undefined) => {
		change.reset();
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
		asking,
		isBusy: change.isPending,
		error: failureIn(change.error),
		onAsk: ask,
		onClose: () => ask(undefined),
		onAdd: () => {
			change.mutate(async () => {
				const passkey = await createPasskey(await api.passkeys.beginAdd.mutate());
				return api.passkeys.add.mutate(passkey);
			});
		},
		onRename: (name) => {
			if (asking !== undefined) change.mutate(() => api.passkeys.rename.mutate({ id: asking.id, name }));
		},
		onRemove: () => {
			if (asking !== undefined) change.mutate(() => api.passkeys.remove.mutate({ id: asking.id }));
		},
	};
}

function failureIn(error: Error | null): string | undefined {
	return error === null || error instanceof PasskeyCancelled ? undefined : failureText(failureOf(error).code);
}
