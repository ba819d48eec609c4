import type { VirtualItem } from "@tanstack/react-virtual";
import { Avatar } from "../../components/avatar.tsx";
import type { RowHead, TimelineRows } from "./timeline-snapshot.ts";

export interface FacesProps {
	readonly drawn: readonly VirtualItem[];
	readonly rows: TimelineRows;
}

interface Face {
	readonly key: string;
	readonly senderId: string;
	readonly index: number;
	readonly start: number;
	end: number;
}

/** The picture at the foot of each group. It has the height of the group to itself, so that it stays in sight. */
export function FacesView({ drawn, rows }: FacesProps) {
	return facesOf(drawn, rows.heads).map(({ key, senderId, index, start, end }) => {
		const row = rows.read(index);
		const name = row?.kind === "message" ? row.senderName : senderId;
		return (
			<div className="face" key={key} style={{ insetBlockStart: start, blockSize: end - start }}>
				<Avatar id={senderId} name={name} size={32} />
			</div>
		);
	});
}

function facesOf(drawn: readonly VirtualItem[], heads: readonly RowHead[]): readonly Face[] {
	const faces: Face[] = [];
	let last = -2;
	for (const { index, start, end } of drawn) {
		const head = heads[index];
		if (head === undefined || head.kind !== "message" || head.isOwn) continue;
		const face = faces.at(-1);
		if (face !== undefined && !head.isFirst && last === index - 1) face.end = end;
		else faces.push({ key: head.key, senderId: head.senderId, index, start, end });
		last = index;
	}
	return faces;
}
