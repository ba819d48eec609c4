import { useState } from "react";
import type { WireJoinProgress } from "../../shared/wire/room-calls.ts";
import { trpc } from "../trpc/trpc.ts";

/** How far the join of a room has come, while it is under way; `room` as it was named. */
export function useJoinProgress(room: string | undefined): WireJoinProgress | undefined {
	const [told, setTold] = useState<{ readonly room: string; readonly progress: WireJoinProgress }>();
	trpc.rooms.joinProgress.useSubscription(
		{ room: room ?? "" },
		{ enabled: room !== undefined, onData: (progress) => room !== undefined && setTold({ room, progress }) },
	);
	return told !== undefined && told.room === room ? told.progress : undefined;
}
