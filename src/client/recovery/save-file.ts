/** Hands a text to the browser's own downloads. */
export function saveFile(name: string, content: string): void {
	const address = URL.createObjectURL(new Blob([content], { type: "text/plain" }));
	const link = document.createElement("a");
	link.href = address;
	link.download = name;
	link.click();
	URL.revokeObjectURL(address);
}
