import { Bot, Keyboard, Search, Settings, SquarePen, UsersRound } from "lucide-react";
import { type KeyboardEvent, useId } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Icon } from "../../components/icon.tsx";
import { Modal } from "../../components/modal.tsx";
import { OptionLine } from "../../components/option-line.tsx";
import { text } from "../../shared/text/text.ts";

export interface PaletteItem {
	readonly kind: "chat" | "person" | "action";
	/** A room, a person, an address, or `help`. */
	readonly id: string;
	readonly label: string;
	readonly pictureId: string;
	/** `mxc://` address; absent: what is known by the id. */
	readonly picture?: string | undefined;
	readonly detail: string;
}

export interface PaletteProps {
	readonly query: string;
	readonly items: readonly PaletteItem[];
	readonly activeIndex: number;
	readonly onQuery: (query: string) => void;
	readonly onMove: (step: number) => void;
	readonly onChoose: (item: PaletteItem) => void;
	readonly onClose: () => void;
}

const kinds = ["chat", "person", "action"] as const;
const actionIcons = {
	"/new": SquarePen,
	"/new-group": UsersRound,
	"/you": Settings,
	"/you/help": Bot,
	help: Keyboard,
} as const;

/** Goes to a chat, a person or an action by a few letters. The focus stays in the field. */
export function PaletteView(props: PaletteProps) {
	const { query, items, activeIndex, onQuery, onClose } = props;
	const listId = useId();
	return (
		<Modal className="sheet palette" label={text("palette.title")} onClose={onClose}>
			<div className="palette-field">
				<Icon of={Search} />
				<input
					type="text"
					role="combobox"
					aria-label={text("palette.title")}
					aria-expanded="true"
					aria-controls={listId}
					aria-activedescendant={items.length > 0 ? `${listId}-${activeIndex}` : undefined}
					aria-autocomplete="list"
					autoComplete="off"
					spellCheck={false}
					placeholder={text("palette.placeholder")}
					value={query}
					onChange={(event) => onQuery(event.target.value)}
					onKeyDown={onKeyOf(props)}
				/>
			</div>
			<div className="palette-list" role="listbox" id={listId} aria-label={text("palette.title")}>
				{kinds.map((kind) => (
					<Group key={kind} {...props} kind={kind} listId={listId} />
				))}
			</div>
			{items.length === 0 && (
				<p className="palette-none" role="status">
					{text("palette.none")}
				</p>
			)}
		</Modal>
	);
}

type GroupProps = PaletteProps & { readonly kind: PaletteItem["kind"]; readonly listId: string };

function Group({ kind, listId, items, activeIndex, onChoose }: GroupProps) {
	const own = items.flatMap((item, index) => (item.kind === kind ? [{ item, index }] : []));
	if (own.length === 0) return null;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox.
		<div role="group" aria-label={text(`palette.${kind}`)}>
			<p className="menu-head" aria-hidden="true">
				{text(`palette.${kind}`)}
			</p>
			{own.map(({ item, index }) => (
				<OptionLine
					key={item.id}
					id={`${listId}-${index}`}
					isActive={index === activeIndex}
					picture={<PaletteIcon item={item} />}
					name={item.label}
					detail={item.detail}
					onChoose={() => onChoose(item)}
				/>
			))}
		</div>
	);
}

function PaletteIcon({ item }: { readonly item: PaletteItem }) {
	if (item.kind !== "action") {
		return <Avatar id={item.pictureId} name={item.label} picture={item.picture} size={32} />;
	}
	return (
		<span className="palette-icon">
			<Icon of={actionIcons[item.id as keyof typeof actionIcons] ?? Search} />
		</span>
	);
}

function onKeyOf({ items, activeIndex, onMove, onChoose }: PaletteProps) {
	return (event: KeyboardEvent): void => {
		const chosen = items[activeIndex];
		if (event.nativeEvent.isComposing || chosen === undefined) return;
		if (event.key === "ArrowDown") onMove(1);
		else if (event.key === "ArrowUp") onMove(-1);
		else if (event.key === "Enter") onChoose(chosen);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
}
