"""What comes in at a public function is read or refused here, in one sentence, before anything is counted."""
