import { useMutation } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/router";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useJoinProgress } from "../../client/hooks/use-join-progress.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { JoiningLine } from "../../components/joining-line.tsx";
import "../../shared/text/en/conversation.ts";
import { type FailureCode, failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";

export interface UpgradedProps {
	readonly roomId: string;
	/** The room that goes on. */
	readonly newRoomId: string;
}

/** Under the messages of a room that was replaced: the way to the new one, into which one may have to come first. */
export function UpgradedPart({ roomId, newRoomId }: UpgradedProps) {
	const isIn = useClientState((state) => isKnown(state.rooms.get(newRoomId)?.summary?.membership));
	return (
		<div className="closed">
			{text("chat.upgraded")}
			{isIn ? (
				<Link className="text-button" href={roomAddress(newRoomId)}>
					{text("chat.toUpgraded")} <Icon of={ArrowRight} size={14} flips />
				</Link>
			) : (
				<Follow roomId={roomId} newRoomId={newRoomId} />
			)}
		</div>
	);
}

function Follow({ roomId, newRoomId }: UpgradedProps) {
	const router = useRouter();
	const follow = useMutation({
		mutationFn: () => api.rooms.followUpgrade.mutate({ roomId }),
		onSuccess: (there) => void router.push(roomAddress(there.roomId)),
	});
	const progress = useJoinProgress(follow.isPending ? newRoomId : undefined);
	return (
		<>
			<Button size="small" look="second" isBusy={follow.isPending} onClick={() => follow.mutate()}>
				{text("chat.follow")}
			</Button>
			<JoiningLine progress={follow.isPending ? progress : undefined} />
			<FormError message={follow.error === null ? undefined : wordsFor(failureOf(follow.error).code)} />
		</>
	);
}

function isKnown(membership: string | undefined): boolean {
	return membership === "join" || membership === "invite" || membership === "knock";
}

/** That the new room lets nobody in by themselves is the usual reason, and no fault of a server. */
function wordsFor(code: FailureCode): string {
	return code === "forbidden" || code === "server-refused" ? text("chat.followClosed") : failureText(code);
}
