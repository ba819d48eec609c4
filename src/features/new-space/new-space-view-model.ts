import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";
import { usePictureChange } from "../../client/hooks/use-picture-change.ts";
import { newTransactionId } from "../../client/outbox/transaction-id.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import "../../shared/text/en/space.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";

export function useNewSpace() {
	const router = useRouter();
	const [name, setName] = useState("");
	const [isNameAsked, setNameAsked] = useState(false);
	const [topic, setTopic] = useState("");
	const [access, setAccess] = useState<"invite" | "public">("invite");
	const [avatarUrl, setAvatarUrl] = useState<string>();
	const picture = usePictureChange(async (url) => setAvatarUrl(url ?? undefined));
	// One id for all tries of this form: a second press after a lost answer makes no second community.
	const [transactionId] = useState(newTransactionId);
	const create = useMutation({
		mutationFn: () =>
			api.rooms.create.mutate({
				transactionId,
				kind: "space",
				isPublic: access === "public",
				name: name.trim(),
				...(topic.trim() !== "" && { topic: topic.trim() }),
				...(avatarUrl !== undefined && { avatarUrl }),
			}),
		onSuccess: ({ roomId }) => void router.push(roomAddress(roomId)),
	});
	return {
		name,
		nameError: isNameAsked && name.trim() === "" ? text("newSpace.needsName") : undefined,
		topic,
		access,
		avatarUrl,
		picture,
		isBusy: create.isPending,
		error: create.error === null ? undefined : failureText(failureOf(create.error).code),
		onName: setName,
		onTopic: setTopic,
		onAccess: setAccess,
		onSubmit: () => {
			setNameAsked(true);
			if (name.trim() !== "" && !create.isPending) create.mutate();
		},
	};
}
