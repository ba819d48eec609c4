import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { usePeopleSearch } from "../../client/hooks/use-people-search.ts";
import { usePictureChange } from "../../client/hooks/use-picture-change.ts";
import { newTransactionId } from "../../client/outbox/transaction-id.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { createChat } from "../../client/rooms/create-chat.ts";
import { canEncrypt } from "../../client/rooms/new-chat-encryption.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import type { PickablePerson } from "../../components/people-picker.tsx";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";

export function useNewGroup() {
	const router = useRouter();
	const people = usePeopleSearch(useClientState((state) => state.me?.userId));
	const [name, setName] = useState("");
	const [kind, setKind] = useState<"group" | "public">("group");
	const [alias, setAlias] = useState("");
	const [isEncrypted, setEncrypted] = useState(false);
	const serverName = useClientState((state) => state.me?.serverName ?? "");
	const [isNameAsked, setNameAsked] = useState(false);
	const [avatarUrl, setAvatarUrl] = useState<string>();
	const picture = usePictureChange(async (url) => setAvatarUrl(url ?? undefined));
	const [chosen, setChosen] = useState<readonly PickablePerson[]>([]);
	// One id for all tries of this form: a second press after a lost answer makes no second group.
	const [transactionId] = useState(newTransactionId);
	const create = useMutation({
		mutationFn: () =>
			createChat(
				{
					transactionId,
					kind,
					name: name.trim(),
					...(avatarUrl !== undefined && { avatarUrl }),
					...(kind === "public" && alias !== "" && { aliasLocalpart: alias }),
					inviteeIds: chosen.map((person) => person.userId),
				},
				isEncrypted,
			),
		onSuccess: (roomId) => void router.push(roomAddress(roomId)),
	});
	return {
		...people,
		canEncrypt: canEncrypt(),
		name,
		nameError: isNameAsked && name.trim() === "" ? text("newGroup.needsName") : undefined,
		kind,
		alias,
		isEncrypted,
		serverName,
		avatarUrl,
		picture,
		chosen,
		isBusy: create.isPending,
		error: create.error === null ? undefined : failureText(failureOf(create.error).code),
		onName: setName,
		onKind: setKind,
		onEncrypted: setEncrypted,
		onAlias: (typed: string) => setAlias(typed.toLowerCase().replace(/[\s:#]/g, "")),
		onPick: (person: PickablePerson) => setChosen(toggled(chosen, person)),
		onSubmit: () => {
			setNameAsked(true);
			if (name.trim() !== "") create.mutate();
		},
	};
}

function toggled(chosen: readonly PickablePerson[], person: PickablePerson): readonly PickablePerson[] {
	const without = chosen.filter((one) => one.userId !== person.userId);
	return without.length === chosen.length ? [...chosen, person] : without;
}
