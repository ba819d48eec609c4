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
		mutationFn: ({ asks }: { readonly asks: boolean }) => api.rooms.followUpgrade.mutate({ roomId, asks }),
		onSuccess: (there) => void router.push(roomAddress(there.roomId)),
	});
	const progress = useJoinProgress(follow.isPending ? newRoomId : undefined);
	const failure = follow.error === null ? undefined : failureOf(follow.error).code;
	// That it lets nobody in is known by trying, and so is that nobody may ask.
	const asks = follow.variables?.asks === true || isRefusal(failure);
	const isHint = isRefusal(failure) && follow.variables?.asks === false;
	return (
		<>
			{isHint && <p role="status">{text("chat.followHint")}</p>}
			<Button size="small" look="second" isBusy={follow.isPending} onClick={() => follow.mutate({ asks })}>
				{text(asks ? "chat.followAsk" : "chat.follow")}
			</Button>
			<JoiningLine progress={follow.isPending ? progress : undefined} />
			<FormError message={failure === undefined || isHint ? undefined : wordsFor(failure)} />
		</>
	);
}

function isKnown(membership: string | undefined): boolean {
	return membership === "join" || membership === "invite" || membership === "knock";
}

function isRefusal(code: FailureCode | undefined): boolean {
	return code === "forbidden" || code === "server-refused";
}

/** That the new room takes people by invitation alone is the usual reason, and no fault of a server. */
function wordsFor(code: FailureCode): string {
	return isRefusal(code) ? text("chat.followClosed") : failureText(code);
}
