/** Does something once the next frame has been painted; the answer takes it back. */
export function afterPaint(act: () => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const frame = requestAnimationFrame(() => {
		timer = setTimeout(act);
	});
	return () => {
		cancelAnimationFrame(frame);
		clearTimeout(timer);
	};
}
