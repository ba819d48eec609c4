import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useClientState } from "../../client/hooks/use-client.ts";
import { usePeopleSearch } from "../../client/hooks/use-people-search.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { openDirectChat } from "../../client/rooms/direct-chat.ts";
import { canEncrypt } from "../../client/rooms/new-chat-encryption.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";

export function useNewChat() {
	const router = useRouter();
	const people = usePeopleSearch(useClientState((state) => state.me?.userId));
	const open = useMutation({
		mutationFn: openDirectChat,
		onSuccess: (roomId) => void router.push(roomAddress(roomId)),
	});
	return {
		...people,
		canEncrypt: canEncrypt(),
		error: open.error === null ? undefined : failureText(failureOf(open.error).code),
		onPick: ({ userId }: { readonly userId: string }) => {
			if (!open.isPending) open.mutate(userId);
		},
	};
}
