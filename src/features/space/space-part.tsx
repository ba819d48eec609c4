import { LogOut, Plus } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { MenuButton } from "../../components/menu-button.tsx";
import "../../shared/text/en/space.ts";
import { text } from "../../shared/text/text.ts";
import { AddRoomDialog } from "./add-room-dialog-view.tsx";
import { SpaceRoomsView } from "./space-rooms-view.tsx";
import { useSpaceRooms } from "./space-rooms-view-model.ts";
import { useSpace } from "./space-view-model.ts";

/** What stands in the place of messages in a community that the reader is in. */
export function SpacePart({ roomId }: { readonly roomId: string }) {
	const { rooms, topic, canAdd, onAdd, onRemove, dialog, addable, onPick } = useSpace(roomId);
	const add = canAdd && (
		<Button look="second" onClick={onAdd}>
			<Icon of={Plus} size={18} />
			{text("space.add")}
		</Button>
	);
	return (
		<div className="pane-scroll space">
			<div className="pane-in">
				{topic !== undefined && <p className="space-topic">{topic}</p>}
				<SpaceRoomsView
					{...rooms}
					add={add || undefined}
					rooms={rooms.rooms.map((room) => ({
						...room,
						menu: onRemove && <RoomMenu {...room} onRemove={() => onRemove(room.roomId)} />,
					}))}
				/>
			</div>
			{dialog !== undefined && <AddRoomDialog {...dialog} rooms={addable} onPick={onPick} />}
		</div>
	);
}

interface RoomMenuProps {
	readonly name?: string | undefined;
	readonly alias?: string | undefined;
	readonly onRemove: () => void;
}

function RoomMenu({ name, alias, onRemove }: RoomMenuProps) {
	const shown = name ?? alias ?? text("join.unnamed");
	const remove = { id: "remove", icon: LogOut, label: text("space.remove"), onChoose: onRemove };
	return <MenuButton label={text("space.menu", { name: shown })} head={shown} items={[remove]} />;
}

/** The rooms of a community that the reader only looks at. */
export function SpaceRoomsPart({ roomId, via }: { readonly roomId: string; readonly via: readonly string[] }) {
	return <SpaceRoomsView {...useSpaceRooms(roomId, via)} />;
}
