// Package secretary answers calls in place of the customer.
package secretary

import (
	"context"
	"errors"
	"fmt"
)

// Recording is the sound of one call.
type Recording struct {
	CallID string
	Sound  []byte
}

// Transcriber turns sound into text.
type Transcriber interface {
	Transcribe(ctx context.Context, recording Recording) (string, error)
}

// ErrBusy is what a transcriber answers when it takes no more work.
var ErrBusy = errors.New("transcriber is busy")

// Desk takes calls, has them written down and keeps what was said.
type Desk struct {
	Main    Transcriber
	StandBy Transcriber
	Lab     func(Recording)
	Tuning  bool
}

// policylint: flow answer from caller to here "Call taken by the secretary" {
//   data     communication.voice_recording
//   purpose  service
//   subject  caller aged 18+
//   via      call_system
//   when     inbound_call
// }

// Take has a finished call written down.
func (d *Desk) Take(ctx context.Context, recording Recording) (string, error) {
	if d.Tuning {
		d.tune(recording)
	}
	text, err := d.Main.Transcribe(ctx, recording)
	if errors.Is(err, ErrBusy) {
		return d.standBy(ctx, recording)
	}
	if err != nil {
		return "", fmt.Errorf("call %s: %w", recording.CallID, err)
	}
	return text, nil
}

// policylint: flow transcribe_standby from here to quickscript "Recording, when Scribe is busy" {
//   data     communication.voice_recording
//   purpose  service
//   keep     24 hours
// }

// standBy sends the call to the second transcriber.
func (d *Desk) standBy(ctx context.Context, recording Recording) (string, error) {
	text, err := d.StandBy.Transcribe(ctx, recording)
	if err != nil {
		return "", fmt.Errorf("call %s, stand-by: %w", recording.CallID, err)
	}
	return text, nil
}

// policylint: flow tune from here to speech_lab "Recordings for our own speech model" {
//   data     communication.voice_recording
//   purpose  improvement.ai_training
//   keep     1 year
// }

// tune sets the call aside for the next run of the lab.
func (d *Desk) tune(recording Recording) {
	d.Lab(recording)
}
