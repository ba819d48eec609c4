import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { contactOwner } from "../../client/console/contact-owner.ts";
import { addEntry } from "../../client/console/transcript.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import "../../shared/text/en/console.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { ContactDialogProps } from "./contact-dialog-view.tsx";

type Owners = ContactDialogProps["owners"];

interface Draft {
	readonly message: string;
	readonly owners: Owners;
	readonly ownerId: string;
	readonly none: string | undefined;
}

/** Writing to whoever runs the server: what is asked first, and what is then sent. */
export function useContact(ownUserId: string | undefined) {
	const [draft, setDraft] = useState<Draft | undefined>();
	const open = useMutation({
		mutationFn: async (message: string) => {
			const owners = await readOwners();
			const others = owners.filter(({ userId }) => userId !== ownUserId);
			const none = owners.length > 0 ? text("contact.none") : text("contact.missing");
			const [first] = others;
			setDraft({ message, owners: others, ownerId: first?.userId ?? "", none: first === undefined ? none : undefined });
		},
		onError: (error, message) => {
			const none = failureText(failureOf(error).code);
			setDraft({ message, owners: [], ownerId: "", none });
		},
	});
	const send = useMutation({
		mutationFn: async ({ ownerId, owners, message }: Draft) => {
			const roomId = await contactOwner(ownerId, message.trim());
			const name = owners.find(({ userId }) => userId === ownerId)?.displayName ?? ownerId;
			addEntry(message.trim(), { kind: "sent", name, roomId });
		},
		onSuccess: () => setDraft(undefined),
	});
	const change = (part: Partial<Draft>): void => setDraft((known) => known && { ...known, ...part });
	const dialog: ContactDialogProps | undefined = draft && {
		...draft,
		isBusy: send.isPending,
		error: send.error === null ? undefined : failureText(failureOf(send.error).code),
		onOwner: (ownerId) => change({ ownerId }),
		onMessage: (message) => change({ message }),
		onSend: () => send.mutate(draft),
		onClose: () => {
			send.reset();
			setDraft(undefined);
		},
	};
	return { dialog, onContact: (message: string) => open.mutate(message) };
}

async function readOwners(): Promise<Owners> {
	const answer = await api.console.run.mutate({ command: { name: "about" } });
	return answer.kind === "about" ? answer.owners : [];
}
