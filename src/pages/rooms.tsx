import { trpc } from "../client/trpc/trpc.ts";
import { PageTitle } from "../components/page-title.tsx";
import { FindRoomsView } from "../features/find-rooms/find-rooms-view.tsx";
import { useFindRooms } from "../features/find-rooms/find-rooms-view-model.ts";
import { RoomListView } from "../features/room-list/room-list-view.tsx";
import { useRoomList } from "../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../features/shell/app-frame-view.tsx";
import { useShell } from "../features/shell/shell-view-model.ts";
import { text } from "../shared/text/text.ts";

function RoomsPage() {
	const shell = useShell();
	const list = useRoomList(undefined);
	const model = useFindRooms();
	return (
		<AppFrameView {...shell} pane="chat" section="people">
			<PageTitle page={text("rooms.title")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={<TabsView section="people" unreadChats={shell.unreadChats} />} />
			<FindRoomsView {...model} />
		</AppFrameView>
	);
}

export default trpc.withTRPC(RoomsPage);
