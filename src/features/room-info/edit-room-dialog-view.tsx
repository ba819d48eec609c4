import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

/** The name and the description, each where the reader may change it. */
export function EditRoomDialog({ details, isBusy, error, onDo, onClose }: InfoDialogProps) {
	const { permissions, summary } = details;
	const [name, setName] = useState(summary.name ?? "");
	const [topic, setTopic] = useState(summary.topic ?? "");
	return (
		<FormDialog
			title={text("info.editTitle")}
			action={text("common.save")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onDo({ kind: "edit", name: name.trim(), topic: topic.trim() })}
			onClose={onClose}
		>
			{permissions.setName && (
				<TextField
					label={text("newGroup.name")}
					value={name}
					autoComplete="off"
					autoCapitalize="sentences"
					maxLength={120}
					required
					onChange={(event) => setName(event.target.value)}
				/>
			)}
			{permissions.setTopic && (
				<TextField
					label={text("info.topic")}
					value={topic}
					autoComplete="off"
					autoCapitalize="sentences"
					maxLength={2000}
					hint={text("info.topicHint")}
					onChange={(event) => setTopic(event.target.value)}
				/>
			)}
		</FormDialog>
	);
}
