import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { PictureLine } from "../../components/picture-line.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireMember } from "../../shared/wire/room.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

export interface UpgradeDialogProps extends InfoDialogProps {
	readonly heirs: readonly WireMember[];
	readonly transactionId: string;
}

const ownersAtMost = 20;
/** Beyond so many names a search is quicker than looking. */
const searchFrom = 8;

/** Moves the chat to a new room, which has the owners one chooses: that is how a chat is handed over. */
export function UpgradeDialog(props: UpgradeDialogProps) {
	const { details, heirs, isBusy, error, transactionId, onDo, onClose } = props;
	const [ownerIds, setOwnerIds] = useState<readonly string[]>([]);
	const [query, setQuery] = useState("");
	const shown = heirs.filter(({ displayName }) => displayName.toLowerCase().includes(query.trim().toLowerCase()));
	const toggle = (userId: string) => {
		const without = ownerIds.filter((one) => one !== userId);
		if (without.length < ownerIds.length) setOwnerIds(without);
		else if (ownerIds.length < ownersAtMost) setOwnerIds([...ownerIds, userId]);
	};
	return (
		<FormDialog
			title={text("upgrade.title")}
			lead={text("upgrade.lead")}
			action={text("upgrade.action")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onDo({ kind: "upgrade", ownerIds, transactionId })}
			onClose={onClose}
		>
			<ul className="explain">
				<li>{text("upgrade.moves")}</li>
				<li>{text("upgrade.stays")}</li>
				<li>{text("upgrade.handOver")}</li>
				{details.version !== details.upgradeVersion && (
					<li>{text("upgrade.version", { from: details.version, to: details.upgradeVersion })}</li>
				)}
			</ul>
			{heirs.length > 0 && (
				<section className="dialog-part" aria-label={text("upgrade.owners")}>
					<h3 className="label">{text("upgrade.owners")}</h3>
					<p className="hint">{text("upgrade.ownersHint")}</p>
					{heirs.length >= searchFrom && (
						<SearchField label={text("info.searchPeople")} value={query} onText={setQuery} />
					)}
					<ul className="picker-list heirs">
						{shown.map(({ userId, displayName, avatarUrl }) => (
							<li key={userId}>
								<PictureLine
									id={userId}
									name={displayName}
									picture={avatarUrl}
									detail={userId}
									isChosen={ownerIds.includes(userId)}
									onChoose={() => toggle(userId)}
								/>
							</li>
						))}
					</ul>
				</section>
			)}
		</FormDialog>
	);
}
