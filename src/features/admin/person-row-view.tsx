import { Ban, Bot, Check, Crown, KeyRound, Power, PowerOff } from "lucide-react";
import { Avatar } from "../../components/avatar.tsx";
import { classNames } from "../../components/class-names.ts";
import { Icon } from "../../components/icon.tsx";
import type { MenuItem } from "../../components/menu.tsx";
import { MenuButton } from "../../components/menu-button.tsx";
import { dateText, listTime } from "../../shared/text/dates.ts";
import { text } from "../../shared/text/text.ts";
import type { WireAdminPerson } from "../../shared/wire/admin-calls.ts";

export interface PersonActions {
	readonly onReset: (person: WireAdminPerson) => void;
	readonly onDisable: (person: WireAdminPerson) => void;
	readonly onEnable: (person: WireAdminPerson) => void;
}

export interface PersonRowProps extends PersonActions {
	readonly person: WireAdminPerson;
	/** The owner's own row: nothing is done to it here. */
	readonly isSelf: boolean;
	readonly now: number;
}

/** A row of the table, which is a card on a phone. */
export function PersonRow({ person, isSelf, now, ...actions }: PersonRowProps) {
	const { displayName, userId, avatarUrl, sessionCount, lastSeenAt, createdAt } = person;
	return (
		<tr>
			<th scope="row">
				<span className="person-cell">
					<Avatar id={userId} name={displayName} picture={avatarUrl} size={36} />
					<span>
						<b>{displayName}</b>
						<small>{userId}</small>
					</span>
				</span>
			</th>
			<td className="state-cell">
				<State person={person} />
			</td>
			<td className="num" data-label={text("adminPeople.devices")}>
				{sessionCount}
			</td>
			<td className="num" data-label={text("adminPeople.seen")}>
				{lastSeenAt === undefined ? text("adminPeople.never") : listTime(lastSeenAt, now)}
			</td>
			<td className="num since-cell" data-label={text("adminPeople.joined")}>
				{dateText(createdAt)}
			</td>
			<td className="act">
				{!isSelf && !person.isBot && (
					<MenuButton
						label={text("adminPeople.menu", { name: displayName })}
						head={displayName}
						items={itemsFor(person, actions)}
					/>
				)}
			</td>
		</tr>
	);
}

function State({ person }: { readonly person: WireAdminPerson }) {
	const [icon, look, words] = person.isDisabled
		? ([Ban, undefined, text("adminPeople.disabled")] as const)
		: person.isBot
			? ([Bot, "tag-info", text("adminPeople.bot")] as const)
			: person.isOwner
				? ([Crown, "tag-info", text("adminPeople.owner")] as const)
				: ([Check, "tag-ok", text("adminPeople.active")] as const);
	return (
		<span className={classNames("tag", look)}>
			<Icon of={icon} size={14} />
			{words}
		</span>
	);
}

function itemsFor(person: WireAdminPerson, { onReset, onDisable, onEnable }: PersonActions): readonly MenuItem[] {
	const reset = {
		id: "reset",
		icon: KeyRound,
		label: text("adminPeople.reset"),
		onChoose: () => onReset(person),
	};
	return person.isDisabled
		? [{ id: "enable", icon: Power, label: text("adminPeople.enable"), onChoose: () => onEnable(person) }, reset]
		: [
				reset,
				{
					id: "disable",
					icon: PowerOff,
					label: text("adminPeople.disable"),
					isDanger: true,
					onChoose: () => onDisable(person),
				},
			];
}
