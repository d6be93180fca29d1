<?php
/**
 * An event as folding sees it: whole seconds, and whether it is the newest in the order.
 *
 * @package Attune
 */

declare( strict_types=1 );

namespace Attune\Core;

final class Folded_Event {

	public readonly string $id;
	public readonly string $name;
	public readonly int $seconds;
	public readonly \stdClass $properties;
	public readonly \stdClass $context;

	public function __construct( Event $event, int $seconds, public readonly bool $newest ) {
		$this->id         = $event->id;
		$this->name       = $event->name;
		$this->seconds    = $seconds;
		$this->properties = $event->properties;
		$this->context    = $event->context;
	}
}
