import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { CopyField } from "../../components/copy-field.tsx";
import { FormError } from "../../components/form-error.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { Modal } from "../../components/modal.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

/** The addresses under which the room is found. */
export function AliasesDialog(props: InfoDialogProps & { readonly serverName: string }) {
	const { details, serverName, isBusy, error, onDo, onClose } = props;
	const [localpart, setLocalpart] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (localpart.trim() !== "") onDo({ kind: "addAlias", alias: `#${localpart.trim()}:${serverName}` });
	};
	return (
		<Modal className="dialog" label={text("aliases.title")} onClose={onClose}>
			<form className="sheet sheet-body" onSubmit={submit}>
				<h2>{text("aliases.title")}</h2>
				<p className="lead">{text("aliases.lead")}</p>
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
				<FormError message={error} />
				<div className="sheet-actions">
					<Button look="second" onClick={onClose}>
						{text("common.close")}
					</Button>
					<Button type="submit" isBusy={isBusy}>
						{text("aliases.add")}
					</Button>
				</div>
			</form>
		</Modal>
	);
}
