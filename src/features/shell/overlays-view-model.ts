import { type NextRouter, useRouter } from "next/router";
import { useState } from "react";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { listedRooms } from "../../client/rooms/listed-rooms.ts";
import { clientStore } from "../../client/store/client-store.ts";
import { useShortcuts } from "./use-shortcuts.ts";

/** What lies over the frame, the palette or the sheet of keys, and the keys that open them. */
export function useOverlays() {
	const router = useRouter();
	const [overlay, setOverlay] = useState<"palette" | "help" | undefined>();
	useShortcuts({
		onPalette: () => setOverlay(overlay === "palette" ? undefined : "palette"),
		onHelp: () => setOverlay("help"),
		onStep: (step) => stepChat(router, step),
	});
	return { overlay, onHelp: () => setOverlay("help"), onCloseOverlay: () => setOverlay(undefined) };
}

/** Opens the chat above or below the one that is open. */
function stepChat(router: NextRouter, step: 1 | -1): void {
	const ids = listedRooms(clientStore.get().rooms.values()).map((room) => room.roomId);
	const { path } = router.query;
	const at = Array.isArray(path) ? ids.indexOf(path[0] ?? "") : -1;
	const next = at === -1 ? ids[0] : ids[at + step];
	if (next !== undefined) void router.push(roomAddress(next));
}
