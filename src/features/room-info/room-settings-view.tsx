import {
	AtSign,
	Cpu,
	DoorOpen,
	Eye,
	Link2,
	Lock,
	LockOpen,
	LogOut,
	type LucideIcon,
	MoveRight,
	Pencil,
	UserPlus,
} from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";

/** What can be asked for without more words. */
export type Asked =
	| "invite"
	| "edit"
	| "joinRule"
	| "history"
	| "aliases"
	| "links"
	| "encrypt"
	| "assistant"
	| "leave";

export interface RoomSettingsProps {
	readonly isDirect: boolean;
	readonly rights: {
		readonly canInvite: boolean;
		readonly canEdit: boolean;
		readonly canSetPicture: boolean;
		readonly canSetJoinRule: boolean;
		readonly canSetHistory: boolean;
		readonly canSetAliases: boolean;
		readonly canUpgrade: boolean;
		readonly canEncrypt: boolean;
		readonly canLeave: boolean;
	};
	readonly settings:
		| {
				readonly joinRule: string;
				readonly history: string;
				readonly aliases: readonly string[];
				readonly version: string;
				/** Absent: nobody writes there. */
				readonly encryption: { readonly isOn: boolean; readonly words: string } | undefined;
		  }
		| undefined;
	/** Absent: there is none. */
	readonly assistant: { readonly words: string; readonly canSet: boolean } | undefined;
	readonly onAsk: (kind: Asked) => void;
	readonly onUpgrade: () => void;
}

/** What people come here for, at hand under the name. */
export function RoomTiles({ rights, onAsk }: RoomSettingsProps) {
	if (!(rights.canInvite || rights.canEdit)) return null;
	return (
		<div className="info-tiles">
			{rights.canInvite && <TileButton icon={UserPlus} label={text("info.invite")} onClick={() => onAsk("invite")} />}
			{rights.canInvite && <TileButton icon={Link2} label={text("info.links")} onClick={() => onAsk("links")} />}
			{rights.canEdit && <TileButton icon={Pencil} label={text("info.edit")} onClick={() => onAsk("edit")} />}
		</div>
	);
}

/** How the room is set, what may be changed about it, and the way out. */
export function RoomSettingsView(props: RoomSettingsProps) {
	const { isDirect, rights, settings, onAsk, onUpgrade } = props;
	return (
		<>
			{settings !== undefined && <Settings {...props} settings={settings} />}
			<section className="section" aria-label={text("common.more")}>
				{rights.canUpgrade && (
					<Setting icon={MoveRight} label={text("upgrade.open")} value={text("upgrade.hint")} onClick={onUpgrade} />
				)}
				{rights.canLeave && <LeaveLine onClick={() => onAsk("leave")} />}
				{!isDirect && <p className="info-foot">{text("info.roles")}</p>}
				{!isDirect && settings !== undefined && (
					<p className="info-foot">{text("info.version", { version: settings.version })}</p>
				)}
			</section>
		</>
	);
}

type SettingsProps = Pick<RoomSettingsProps, "isDirect" | "rights" | "assistant" | "onAsk"> & {
	readonly settings: NonNullable<RoomSettingsProps["settings"]>;
};

/** Of a direct chat there is little to know: whether it is encrypted, and what the assistant may do there. */
function Settings({ isDirect, rights, settings, assistant, onAsk }: SettingsProps) {
	const { encryption } = settings;
	if (isDirect && encryption === undefined && assistant === undefined) return null;
	return (
		<section className="section" aria-label={text("info.settings")}>
			<div className="section-head">
				<h3>{text("info.settings")}</h3>
			</div>
			{encryption !== undefined && (
				<Setting
					icon={encryption.isOn ? Lock : LockOpen}
					label={text("encryption.label")}
					value={encryption.words}
					onClick={rights.canEncrypt ? () => onAsk("encrypt") : undefined}
				/>
			)}
			{assistant !== undefined && (
				<Setting
					icon={Cpu}
					label={text("allowed.title")}
					value={assistant.words}
					onClick={assistant.canSet ? () => onAsk("assistant") : undefined}
				/>
			)}
			{!isDirect && <GroupSettings rights={rights} settings={settings} onAsk={onAsk} />}
		</section>
	);
}

function GroupSettings({ rights, settings, onAsk }: Omit<SettingsProps, "isDirect" | "assistant">) {
	return (
		<>
			<Setting
				icon={DoorOpen}
				label={text("joinRule.title")}
				value={settings.joinRule}
				onClick={rights.canSetJoinRule ? () => onAsk("joinRule") : undefined}
			/>
			<Setting
				icon={Eye}
				label={text("history.title")}
				value={settings.history}
				onClick={rights.canSetHistory ? () => onAsk("history") : undefined}
			/>
			{(settings.aliases.length > 0 || rights.canSetAliases) && (
				<Setting
					icon={AtSign}
					label={text("aliases.title")}
					value={settings.aliases[0] ?? text("aliases.none")}
					onClick={rights.canSetAliases ? () => onAsk("aliases") : undefined}
				/>
			)}
		</>
	);
}

interface TileButtonProps {
	readonly icon: LucideIcon;
	readonly label: string;
	readonly onClick: () => void;
}

function TileButton({ icon, label, onClick }: TileButtonProps) {
	return (
		<button type="button" className="info-tile" onClick={onClick}>
			<Icon of={icon} />
			{label}
		</button>
	);
}

interface SettingProps {
	readonly icon: LucideIcon;
	readonly label: string;
	readonly value: string;
	/** Absent: to be read only. */
	readonly onClick: (() => void) | undefined;
}

function Setting({ icon, label, value, onClick }: SettingProps) {
	const content = (
		<>
			<span className="line-slot">
				<Icon of={icon} />
			</span>
			<span className="line-text">
				{label}
				<small>{value}</small>
			</span>
		</>
	);
	if (onClick === undefined) return <div className="line line-2 line-still">{content}</div>;
	return (
		<button type="button" className="line line-2" onClick={onClick}>
			{content}
		</button>
	);
}

function LeaveLine({ onClick }: { readonly onClick: () => void }) {
	return (
		<button type="button" className="line line-2 is-danger" onClick={onClick}>
			<span className="line-slot">
				<Icon of={LogOut} flips />
			</span>
			<span className="line-text">{text("info.leave")}</span>
		</button>
	);
}
