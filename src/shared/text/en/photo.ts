import { addWords } from "../words.ts";

/** A picture in a conversation, and by itself. */
export const photoText = addWords({
	"photo.of": "Photo from {name}",
	"photo.open": "Open the photo from {name}",
	"photo.openOf": "Open the photo: {caption}",
	"photo.openMoving": "Open the moving photo from {name}",
	"photo.openMovingOf": "Open the moving photo: {caption}",
	"photo.play": "Play",
	"photo.pause": "Pause",
	"photo.save": "Save",
	"photo.loading": "Loading the photo",
	"photo.uploading": "Sending the photo",
	"photo.cancel": "Don’t send it",
	"photo.retry": "Try again",
	"photoFault.altered": "This is not the photo that was sent: somebody or something changed it on its way.",
	"photoFault.gone": "The photo is not there any more.",
	"photoFault.too-large": "This photo is too large to be shown here.",
	"photoFault.not-a-picture": "This is no photo that can be shown here.",
	"photoFault.unavailable": "The photo didn’t load.",
});
