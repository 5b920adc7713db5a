// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title RateQueue
/// @notice Ids in the order of a rate, lowest first; of equal rates the newest comes first.
/// @dev A doubly linked list, entered from its low end: who pays little is found at once, who pays much after a walk.
/// @custom:source docs/contracts/CollateralBranch.md, section "Concepts"
library RateQueue {
    /* TYPES */

    /// @notice A queue. Id zero is its head: the one after it is the lowest, the one before it the highest.
    /// @param next Id of the next higher.
    /// @param previous Id of the next lower.
    /// @param rate Rate of an id.
    struct Queue {
        mapping(uint256 id => uint256 next) next;
        mapping(uint256 id => uint256 previous) previous;
        mapping(uint256 id => uint256 rate) rate;
    }

    /* INTERNAL */

    /// @notice Puts an id into its place.
    /// @param self Queue.
    /// @param id Id, not zero, not in the queue.
    /// @param rate Its rate.
    function insert(Queue storage self, uint256 id, uint256 rate) internal {
        uint256 after_ = self.next[0];
        while (after_ != 0 && self.rate[after_] < rate) after_ = self.next[after_];
        uint256 before = self.previous[after_];

        self.rate[id] = rate;
        self.next[before] = id;
        self.previous[id] = before;
        self.next[id] = after_;
        self.previous[after_] = id;
    }

    /// @notice Takes an id out.
    /// @param self Queue.
    /// @param id Id in the queue.
    function remove(Queue storage self, uint256 id) internal {
        (uint256 before, uint256 after_) = (self.previous[id], self.next[id]);

        self.next[before] = after_;
        self.previous[after_] = before;
        delete self.next[id];
        delete self.previous[id];
        delete self.rate[id];
    }
}
