import { SwitchRow } from "../../components/switch-row.tsx";
import { text } from "../../shared/text/text.ts";

export interface PresenceSharingProps {
	/** Absent until it is known. */
	readonly isPresenceShared: boolean | undefined;
	readonly onSharePresence: (isShared: boolean) => void;
}

/** Whether other servers hear who is there. */
export function PresenceSharingView({ isPresenceShared, onSharePresence }: PresenceSharingProps) {
	if (isPresenceShared === undefined) return null;
	return (
		<section className="admin-part" aria-labelledby="presence-title">
			<h2 id="presence-title">{text("sharing.title")}</h2>
			<SwitchRow
				label={text("sharing.label")}
				hint={text("sharing.hint")}
				isOn={isPresenceShared}
				onChange={onSharePresence}
			/>
		</section>
	);
}
