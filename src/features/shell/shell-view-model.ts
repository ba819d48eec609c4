import { useRouter } from "next/router";
import { useEffect } from "react";
import { listPane, listWidthPx, restoreListPane, setListPane } from "../../client/appearance/list-pane.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import type { ClientState } from "../../client/store/client-state.ts";
import { selectPictures } from "../../client/store/known-pictures.ts";
import { startSession } from "../../client/sync/session.ts";
import { signInAddress } from "../../shared/return-address.ts";
import { useOverlays } from "./overlays-view-model.ts";
import { useCalm } from "./use-calm.ts";

const range = { least: listWidthPx.least, most: listWidthPx.most };

/** What the frame shows. Starts the session of this page, and leaves for the sign-in when there is none. */
export function useShell() {
	const router = useRouter();
	const connection = useClientState((state) => state.connection);
	const me = useClientState((state) => state.me);
	const pictures = useClientState(selectPictures);
	const unreadChats = useClientState(countUnreadChats);
	const pane = useObservable(listPane, (chosen) => chosen);
	useEffect(restoreListPane, []);
	useEffect(() => startSession(), []);
	useCalm();
	useEffect(() => {
		if (connection.kind === "signedOut") void router.replace(signInAddress(router.asPath));
	}, [connection, router]);
	return {
		...useOverlays(),
		me,
		pictures,
		unreadChats,
		list: { ...pane, ...range, onChange: setListPane },
	};
}

function countUnreadChats(state: ClientState): number {
	let count = 0;
	for (const { summary } of state.rooms.values()) {
		if (summary !== undefined && (summary.unreadCount > 0 || summary.membership === "invite")) count += 1;
	}
	return count;
}
