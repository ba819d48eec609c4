import { useRouter } from "next/router";
import { trpc } from "../../client/trpc/trpc.ts";
import { PageTitle } from "../../components/page-title.tsx";
import { usePublicRoom } from "../../features/find-rooms/find-rooms-view-model.ts";
import { RoomPreviewView } from "../../features/find-rooms/room-preview-view.tsx";
import { RoomListView } from "../../features/room-list/room-list-view.tsx";
import { useRoomList } from "../../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../../features/shell/app-frame-view.tsx";
import { useShell } from "../../features/shell/shell-view-model.ts";
import { text } from "../../shared/text/text.ts";

/** `/room/chess`, or with the whole alias: `/room/%23chess%3Aexample.org`. */
function RoomPage() {
	const { alias } = useRouter().query;
	const shell = useShell();
	const list = useRoomList(undefined);
	const model = usePublicRoom(typeof alias === "string" ? alias : undefined, shell.me?.serverName);
	return (
		<AppFrameView {...shell} pane="chat" section="people">
			<PageTitle page={model.room?.name ?? text("rooms.title")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={<TabsView section="people" unreadChats={shell.unreadChats} />} />
			<RoomPreviewView {...model} />
		</AppFrameView>
	);
}

export default trpc.withTRPC(RoomPage);
