import { Trash2 } from "lucide-react";
import { useState } from "react";
import { CopyField } from "../../components/copy-field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

/** The addresses under which the room is found. */
export function AliasesDialog(props: InfoDialogProps & { readonly serverName: string }) {
	const { details, serverName, isBusy, error, onDo, onClose } = props;
	const [localpart, setLocalpart] = useState("");
	const add = () => {
		if (localpart.trim() !== "") onDo({ kind: "addAlias", alias: `#${localpart.trim()}:${serverName}` });
	};
	return (
		<FormDialog
			title={text("aliases.title")}
			lead={text("aliases.lead")}
			action={text("aliases.add")}
			cancel={text("common.close")}
			isBusy={isBusy}
			error={error}
			onSubmit={add}
			onClose={onClose}
		>
			<ul className="alias-list">
				{details.aliases.map((alias) => (
					<li key={alias}>
						<CopyField what={alias} value={alias} />
						<IconButton
							icon={Trash2}
							label={text("aliases.remove", { alias })}
							onClick={() => onDo({ kind: "removeAlias", alias })}
						/>
					</li>
				))}
			</ul>
			<TextField
				label={text("aliases.new")}
				value={localpart}
				autoComplete="off"
				maxLength={128}
				before={<span className="affix">#</span>}
				after={<span className="affix affix-end">:{serverName}</span>}
				onChange={(event) => setLocalpart(event.target.value.toLowerCase().replace(/[\s:#]/g, ""))}
			/>
		</FormDialog>
	);
}
