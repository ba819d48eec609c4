import { Button } from "../../components/button.tsx";
import { CheckboxField } from "../../components/checkbox-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { PictureLine } from "../../components/picture-line.tsx";
import { SearchField } from "../../components/search-field.tsx";
import "../../shared/text/en/space.ts";
import { text } from "../../shared/text/text.ts";

export interface AddableRoom {
	readonly roomId: string;
	readonly name: string;
	readonly pictureId: string;
	readonly isSpace: boolean;
}

export interface AddRoomProps {
	/** The space's. */
	readonly name: string;
	readonly rooms: readonly AddableRoom[];
	readonly query: string;
	/** Whoever is in the space may come into the room. */
	readonly opensToSpace: boolean;
	readonly error: string | undefined;
	readonly onQuery: (query: string) => void;
	readonly onOpens: (opens: boolean) => void;
	readonly onPick: (roomId: string) => void;
	readonly onClose: () => void;
}

/** Puts one of the reader's own rooms into a community. */
export function AddRoomDialog(props: AddRoomProps) {
	const wanted = props.query.trim().toLocaleLowerCase();
	const fitting = props.rooms.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
	return (
		<Dialog
			title={text("space.addTitle", { name: props.name })}
			lead={text("space.addLead")}
			error={props.error}
			onClose={props.onClose}
			actions={
				<Button look="second" onClick={props.onClose}>
					{text("common.cancel")}
				</Button>
			}
		>
			<div className="dialog-picker picker">
				<CheckboxField
					label={text("space.opens")}
					hint={text("space.opensHint")}
					isChecked={props.opensToSpace}
					onCheck={props.onOpens}
				/>
				<SearchField label={text("space.search")} value={props.query} onText={props.onQuery} />
				{fitting.length === 0 ? (
					<p className="hint" role="status">
						{wanted === "" ? text("space.noneToAdd") : text("space.noneFits", { text: props.query.trim() })}
					</p>
				) : (
					<ul className="picker-list" aria-label={text("space.search")}>
						{fitting.map((room) => (
							<li key={room.roomId}>
								<PictureLine
									id={room.pictureId}
									name={room.name}
									isSpace={room.isSpace}
									onChoose={() => props.onPick(room.roomId)}
								/>
							</li>
						))}
					</ul>
				)}
			</div>
		</Dialog>
	);
}
